// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server on a port that stays its own, whatever happens to its process. */
final class Replica implements AutoCloseable {
  /** Quick to start, and small beside its sisters. */
  private static final List<String> JVM =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

  private static final Map<String, String> SETTINGS = Map.of("embedding.token-budget", "512");
  private static final int EXIT_SECONDS = 60;

  private final Path folder;
  private int starts;
  private ServerProcess server;

  Replica(Path folder) throws Exception {
    this.folder = folder;
    this.server = start(0);
  }

  int port() {
    return Integer.parseInt(server.target().substring(server.target().indexOf(':') + 1));
  }

  /** SIGTERM, an end with status 0, and a new process. */
  void restart() throws Exception {
    server.process().destroy();
    assertThat(server.process().waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    assertThat(server.process().exitValue()).as(Files.readString(server.log())).isZero();
    server = start(port());
  }

  /** SIGKILL, and a new process. */
  void kill() throws Exception {
    server.process().destroyForcibly();
    assertThat(server.process().waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    server = start(port());
  }

  /** The process stands still; its connections stay open and nothing comes from them. */
  void freeze() throws Exception {
    signal("-STOP");
  }

  /** It goes on. */
  void thaw() throws Exception {
    signal("-CONT");
  }

  @Override
  public void close() {
    server.close();
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", name, Long.toString(server.process().pid())).inheritIO().start();
    assertThat(kill.waitFor()).as("kill %s", name).isZero();
  }

  private ServerProcess start(int port) throws Exception {
    starts++;
    Path own = Files.createDirectories(folder.resolve("start-" + starts));
    return ServerProcess.start(own, JVM, port, SETTINGS);
  }
}
