// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.reload.Credential;
import io.gcpo.advantage.server.tracing.SpanObserver;

/** Of what runs: build, model, engine, certificates, traces. */
public final class ServerMetrics {
  private static final MetricLabel MODEL =
      MetricLabel.open("model", "name of a model in the configuration");
  private static final MetricLabel FINGERPRINT =
      MetricLabel.open("fingerprint", "SHA-256 of the model's files");
  private static final MetricLabel ENGINE =
      MetricLabel.open("engine", "for example `onnxruntime`, `nd4j`");
  private static final MetricLabel ENGINE_VERSION =
      MetricLabel.open("engine_version", "of the engine's library");
  private static final MetricLabel DEVICE =
      MetricLabel.open("device", "`cpu`, or GPUs as `cuda:0,cuda:1`");
  private static final MetricLabel CREDENTIAL =
      MetricLabel.lowerCase("credential", Credential.values());

  public static final Metric BUILD_INFO =
      Metric.gauge(
          "gcpo_build_info",
          "",
          "Which build this is; always 1",
          MetricLabel.open("version", "of this server"),
          MetricLabel.open("commit", "abbreviated"),
          MetricLabel.open("java_version", "of the virtual machine"));

  public static final Metric MODEL_INFO =
      Metric.gauge(
          "gcpo_model_info",
          "",
          "Which model embeds, and what runs it; always 1",
          MODEL,
          FINGERPRINT,
          ENGINE,
          ENGINE_VERSION,
          DEVICE);

  public static final Metric ENGINE_INFO =
      Metric.gauge(
          "gcpo_engine_info",
          "",
          "What runs the models, and whether an embedding has the same bits in any company; always"
              + " 1",
          ENGINE,
          ENGINE_VERSION,
          DEVICE,
          MetricLabel.of("deterministic", "true", "false"));

  public static final Metric READY =
      Metric.gauge(
          "gcpo_ready",
          "",
          "1 while the component can do its work, else 0",
          MetricLabel.open("component", "`embedding`, `grpc`"));

  public static final Metric CREDENTIAL_RELOADS =
      Metric.counter(
          "gcpo_credential_reloads_total",
          "reloads",
          "Changes of certificate and token files, by whether they were good",
          CREDENTIAL,
          MetricLabel.of("outcome", "taken", "refused"));

  public static final Metric CREDENTIAL_STALE =
      Metric.gauge(
          "gcpo_credential_stale",
          "",
          "1 while the files on disk are refused and those before stay in use, else 0",
          CREDENTIAL);

  public static final Metric CERTIFICATE_NOT_AFTER =
      Metric.gauge(
              "gcpo_certificate_not_after_seconds",
              "seconds",
              "When the first of the certificates in use expires, in seconds since 1970",
              CREDENTIAL)
          .when("for credentials with certificates that are in use");

  public static final Metric TRACE_SPANS =
      Metric.counter(
          "gcpo_trace_spans_total",
          "spans",
          "Spans that ended: the collector took them, it failed, or too many waited",
          MetricLabel.lowerCase("outcome", SpanObserver.Outcome.values()));

  static final ImmutableList<Metric> ALL =
      ImmutableList.of(
          BUILD_INFO,
          MODEL_INFO,
          ENGINE_INFO,
          READY,
          CREDENTIAL_RELOADS,
          CREDENTIAL_STALE,
          CERTIFICATE_NOT_AFTER,
          TRACE_SPANS);

  private ServerMetrics() {}
}
