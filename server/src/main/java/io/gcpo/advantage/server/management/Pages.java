// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import io.gcpo.advantage.server.bootstrap.LivenessCheck;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.management.page.Documents;
import io.gcpo.advantage.server.management.page.OverviewPage;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the management port answers, HTTP aside. Thread-safe. */
final class Pages {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final Readiness readiness;
  private final Set<LivenessCheck> liveness;
  private final OverviewPage overview;
  private final Documents documents;

  @Inject
  Pages(
      PrometheusMeterRegistry registry,
      Readiness readiness,
      Set<LivenessCheck> liveness,
      OverviewPage overview,
      Documents documents) {
    this.registry = registry;
    this.readiness = readiness;
    this.liveness = liveness;
    this.overview = overview;
    this.documents = documents;
  }

  /**
   * The page at {@code path}.
   *
   * @param query of the address, empty without one
   * @param accept the request's header; OpenMetrics is given to whoever names it
   */
  Page at(String path, String query, @Nullable String accept) {
    return switch (path) {
      case "/" -> Page.html(overview.html(query.equals(OverviewPage.REFRESH)));
      case "/style.css" -> Page.css(documents.style());
      case "/metrics" -> metrics(accept);
      case "/livez" -> live();
      case "/readyz" -> ready();
      default ->
          documents
              .at(path)
              .map(document -> Page.text(200, document))
              .orElseGet(() -> Page.text(404, "not found\n"));
    };
  }

  private Page metrics(@Nullable String accept) {
    boolean openMetrics = accept != null && accept.contains("application/openmetrics-text");
    String contentType = openMetrics ? OPEN_METRICS : PROMETHEUS_TEXT;
    return new Page(200, contentType, registry.scrape(contentType));
  }

  private Page live() {
    List<String> lost =
        liveness.stream()
            .filter(check -> !check.isAlive())
            .map(check -> check.component() + ": lost\n")
            .toList();
    return lost.isEmpty() ? Page.text(200, "live\n") : Page.text(503, String.join("", lost));
  }

  private Page ready() {
    Map<String, Boolean> components = readiness.components();
    boolean allReady = !components.containsValue(false);
    boolean draining = readiness.isDraining();
    StringBuilder body = new StringBuilder();
    body.append(draining ? "draining\n" : allReady ? "ready\n" : "not ready\n");
    components.forEach(
        (component, ready) -> body.append(component).append(ready ? ": ready\n" : ": not ready\n"));
    return Page.text(allReady && !draining ? 200 : 503, body.toString());
  }
}
