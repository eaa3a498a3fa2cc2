// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.bootstrap.BuildInfo;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.metrics.catalog.EmbeddingMetrics;
import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.gcpo.advantage.server.metrics.catalog.ServerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import jakarta.inject.Inject;

/** The meters of the process: which build and model it is, what is ready, the virtual machine. */
final class ServerMeters implements Managed {
  private static final String ENGINE = "engine";
  private static final String ENGINE_VERSION = "engine_version";
  private static final String DEVICE = "device";
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private final BuildInfo build;
  private final Embedders embedders;
  private final Readiness readiness;
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  @Inject
  ServerMeters(MeterRegistry registry, BuildInfo build, Embedders embedders, Readiness readiness) {
    this.registry = registry;
    this.build = build;
    this.embedders = embedders;
    this.readiness = readiness;
  }

  @Override
  public void start() {
    registerBuild();
    embedders.all().forEach(this::registerModel);
    readiness.components().keySet().forEach(this::registerComponent);
    garbageCollection.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    ResidentMemory.registerIn(registry);
  }

  @Override
  public void stop() {
    garbageCollection.close();
  }

  private void registerBuild() {
    one(
        ServerMetrics.BUILD_INFO,
        "version",
        build.version(),
        "commit",
        build.commit(),
        "java_version",
        build.javaVersion());
  }

  private void registerModel(TextEmbedder embedder) {
    ModelIdentity model = embedder.model();
    EngineIdentity engine = embedder.engine();
    one(
        ServerMetrics.MODEL_INFO,
        MetricNames.MODEL,
        model.name(),
        "fingerprint",
        model.fingerprint(),
        ENGINE,
        engine.name(),
        ENGINE_VERSION,
        engine.version(),
        DEVICE,
        engine.device());
    // Models that share an engine share its gauge.
    one(
        ServerMetrics.ENGINE_INFO,
        ENGINE,
        engine.name(),
        ENGINE_VERSION,
        engine.version(),
        DEVICE,
        engine.device(),
        "deterministic",
        Boolean.toString(engine.deterministic()));
    Meters.gauge(
        registry,
        EmbeddingMetrics.OLDEST_QUEUED,
        () -> embedder.oldestWait().toNanos() / NANOS_PER_SECOND,
        MetricNames.MODEL,
        model.name());
    Meters.gauge(
        registry,
        EmbeddingMetrics.ESTIMATED_WAIT,
        () -> embedder.estimatedWait().toNanos() / NANOS_PER_SECOND,
        MetricNames.MODEL,
        model.name());
  }

  private void registerComponent(String component) {
    Meters.gauge(
        registry,
        ServerMetrics.READY,
        () -> readiness.components().getOrDefault(component, false) ? 1 : 0,
        MetricNames.COMPONENT,
        component);
  }

  private void one(Metric metric, String... tags) {
    Meters.gauge(registry, metric, () -> 1, tags);
  }
}
