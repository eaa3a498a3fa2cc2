// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import io.gcpo.advantage.server.bootstrap.BuildInfo;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.management.live.Moment;
import jakarta.inject.Inject;

/** Whether the server is ready, which build it is and how long it has been up. */
final class ServerSection {
  private final BuildInfo build;
  private final Readiness readiness;

  @Inject
  ServerSection(BuildInfo build, Readiness readiness) {
    this.build = build;
    this.readiness = readiness;
  }

  /** In one word, for the top of the page. */
  String state() {
    if (readiness.isDraining()) {
      return "draining";
    }
    return readiness.isReady() ? "ready" : "not ready";
  }

  Html components() {
    Table table = new Table("Readiness of each component", "component", "state");
    readiness
        .components()
        .forEach((component, ready) -> table.row(component, ready ? "ready" : "not ready"));
    return Section.of("readiness", "Readiness", table.html());
  }

  Html build(Moment moment) {
    Table table = new Table("Build and uptime", "what", "value");
    table.row("version", build.version());
    table.row("commit", build.commit());
    table.row("Java", build.javaVersion());
    table.row("up for", Numbers.duration(moment.sinceStart().length()));
    return Section.of("build", "Server", table.html());
  }
}
