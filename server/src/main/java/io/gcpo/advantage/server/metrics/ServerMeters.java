// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.bootstrap.BuildInfo;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import jakarta.inject.Inject;

/** The meters of the process: which build and model it is, what is ready, the virtual machine. */
final class ServerMeters implements Managed {
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
    embedders.all().forEach(each -> registerModel(each.model(), each.engine()));
    readiness.components().keySet().forEach(this::registerComponent);
    garbageCollection.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  @Override
  public void stop() {
    garbageCollection.close();
  }

  private void registerBuild() {
    Gauge.builder(MetricNames.BUILD_INFO, () -> 1)
        .description("Which build this is; always 1")
        .tags(
            Tags.of(
                "version", build.version(),
                "commit", build.commit(),
                "java_version", build.javaVersion()))
        .register(registry);
  }

  private void registerModel(ModelIdentity model, EngineIdentity engine) {
    Gauge.builder(MetricNames.MODEL_INFO, () -> 1)
        .description("Which model embeds, and what runs it; always 1")
        .tags(
            Tags.of(
                "model", model.name(),
                "fingerprint", model.fingerprint(),
                "engine", engine.name(),
                "engine_version", engine.version(),
                "device", engine.device()))
        .register(registry);
  }

  private void registerComponent(String component) {
    Gauge.builder(MetricNames.READY, () -> isReady(component))
        .description("1 while the component can do its work, else 0")
        .tag(MetricNames.COMPONENT, component)
        .register(registry);
  }

  private int isReady(String component) {
    return readiness.components().getOrDefault(component, false) ? 1 : 0;
  }
}
