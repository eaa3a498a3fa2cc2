// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import io.gcpo.advantage.server.bootstrap.BuildInfo;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spans on their way to the collector, in the background: a collector that is slow or gone costs
 * spans, never a call. Stops with a last attempt that has a bound. Thread-safe.
 */
final class SpanExport implements Managed {
  private static final Logger logger = LoggerFactory.getLogger(SpanExport.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);

  /** Behind the exporter's own timeout, so that one batch is with it at a time. */
  private static final Duration BATCH_TIMEOUT = EXPORT_TIMEOUT.plusSeconds(1);

  private static final Duration LAST_FLUSH = Duration.ofSeconds(5);
  private static final int MAX_BATCH = 512;
  private static final int MAX_VALUE_CHARACTERS = 256;

  private final TracingConfig config;
  private final HeadersFile headers;
  private final SdkTracerProvider provider;

  @Inject
  SpanExport(TracingConfig config, BuildInfo build, SpanObserver observer) {
    this.config = config;
    this.headers = new HeadersFile(config.headersFile());
    this.provider =
        SdkTracerProvider.builder()
            .setResource(resource(config, build))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.sampleRatio())))
            .setSpanLimits(
                SpanLimits.builder().setMaxAttributeValueLength(MAX_VALUE_CHARACTERS).build())
            .addSpanProcessor(processor(config, exporter(config, headers), observer))
            .build();
  }

  Tracer tracer() {
    return provider.get("io.gcpo.advantage.server");
  }

  @Override
  public void start() throws IOException {
    headers.load();
    logger.info("Traces to {}", config.tracesUrl());
  }

  @Override
  public void stop() {
    if (!provider.shutdown().join(LAST_FLUSH.toMillis(), TimeUnit.MILLISECONDS).isSuccess()) {
      logger.warn("Traces: the collector did not take the last spans");
    }
  }

  private static Resource resource(TracingConfig config, BuildInfo build) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.builder()
                    .put("service.name", config.serviceName())
                    .put("service.version", build.version())
                    .build()));
  }

  private static BoundedSpans processor(
      TracingConfig config, SpanExporter exporter, SpanObserver observer) {
    Semaphore room = new Semaphore(config.maxQueuedSpans());
    return new BoundedSpans(
        BatchSpanProcessor.builder(new CountingExporter(exporter, room, observer))
            .setMaxQueueSize(config.maxQueuedSpans())
            .setMaxExportBatchSize(Math.min(MAX_BATCH, config.maxQueuedSpans()))
            .setScheduleDelay(PAUSE)
            .setExporterTimeout(BATCH_TIMEOUT)
            .build(),
        room,
        observer);
  }

  private static SpanExporter exporter(TracingConfig config, HeadersFile headers) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(config.tracesUrl())
        .setHeaders(headers)
        .setTimeout(EXPORT_TIMEOUT)
        .setConnectTimeout(EXPORT_TIMEOUT)
        // What is sent stays as it is, even if the batch is given up meanwhile.
        .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
        .build();
  }
}
