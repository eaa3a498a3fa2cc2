// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls are traced, and where their spans go.
 *
 * @param otlpEndpoint URL of a collector that takes OTLP over HTTP; without a path it gets {@code
 *     /v1/traces}; empty: no traces
 * @param sampleRatio share of the calls that are traced, of those whose caller has not decided
 * @param serviceName as traces show it
 * @param headersFile lines of {@code name: value} that go with each export, such as credentials
 * @param maxQueuedSpans that wait for the collector or are on their way; further ones are dropped
 */
public record TracingConfig(
    String otlpEndpoint,
    double sampleRatio,
    String serviceName,
    @Nullable Path headersFile,
    int maxQueuedSpans) {
  /** What holds where nothing is set. */
  public static final TracingConfig DEFAULTS =
      new TracingConfig("", 1, "gcpo-advantage", null, 8192);

  private static final String PATH = "/v1/traces";
  private static final int MAX_QUEUED_SPANS = 1 << 20;

  public TracingConfig {
    new ConfigProblems()
        .require(
            !otlpEndpoint.contains("@"),
            "tracing.otlp-endpoint: *** (expected: a URL without credentials, which belong into"
                + " tracing.headers-file)")
        .require(
            otlpEndpoint.isEmpty() || otlpEndpoint.contains("@") || isHttp(otlpEndpoint),
            "tracing.otlp-endpoint: %s (expected: a URL such as http://collector:4318)",
            otlpEndpoint)
        .require(
            sampleRatio >= 0 && sampleRatio <= 1,
            "tracing.sample-ratio: %s (expected: 0 to 1)",
            sampleRatio)
        .require(
            !serviceName.isBlank(), "tracing.service-name: \"%s\" (expected: a name)", serviceName)
        .require(
            maxQueuedSpans >= 1 && maxQueuedSpans <= MAX_QUEUED_SPANS,
            "tracing.max-queued-spans: %d (expected: 1 to %d)",
            maxQueuedSpans,
            MAX_QUEUED_SPANS)
        .throwIfAny();
  }

  /** Keys {@code tracing.*}. */
  public static TracingConfig read(ConfigReader reader) {
    return new TracingConfig(
        reader.string("tracing.otlp-endpoint", DEFAULTS.otlpEndpoint),
        reader.real("tracing.sample-ratio", DEFAULTS.sampleRatio),
        reader.string("tracing.service-name", DEFAULTS.serviceName),
        reader.path("tracing.headers-file", null),
        reader.integer("tracing.max-queued-spans", DEFAULTS.maxQueuedSpans));
  }

  boolean isEnabled() {
    return !otlpEndpoint.isEmpty();
  }

  /** The whole URL that spans are posted to. */
  String tracesUrl() {
    String path = URI.create(otlpEndpoint).getPath();
    return path.isEmpty() || path.equals("/")
        ? URI.create(otlpEndpoint).resolve(PATH).toString()
        : otlpEndpoint;
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
