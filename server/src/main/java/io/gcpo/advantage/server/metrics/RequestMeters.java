// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableSet;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.util.Set;

/** The meters of gRPC calls, by method. Thread-safe. */
final class RequestMeters {
  private final MeterRegistry registry;
  private final ImmutableSet<String> methods;
  private final MeterProvider<Counter> requests;
  private final MeterProvider<Timer> durations;

  @Inject
  RequestMeters(MeterRegistry registry, Set<ServiceDescriptor> services) {
    this.registry = registry;
    methods =
        services.stream()
            .flatMap(service -> service.getMethods().stream())
            .map(MethodDescriptor::getFullMethodName)
            .collect(ImmutableSet.toImmutableSet());
    requests =
        Counter.builder(MetricNames.REQUESTS)
            .description("Calls that ended, by status code and by the reason in the status details")
            .baseUnit("requests")
            .withRegistry(registry);
    durations =
        Timer.builder(MetricNames.REQUEST_DURATION)
            .description("Time from the headers of a call to its status")
            .serviceLevelObjectives(MetricNames.durationBuckets())
            .withRegistry(registry);
    methods.forEach(this::register);
  }

  Timer.Sample start() {
    return Timer.start(registry);
  }

  void ended(String fullMethodName, Status.Code code, String reason, Timer.Sample sample) {
    String method = methods.contains(fullMethodName) ? fullMethodName : MetricNames.UNKNOWN_METHOD;
    requests(method, code, reason).increment();
    sample.stop(duration(method));
  }

  private void register(String method) {
    for (Status.Code code : Status.Code.values()) {
      requests(method, code, "");
    }
    duration(method);
  }

  private Counter requests(String method, Status.Code code, String reason) {
    return requests.withTags(
        Tags.of(
            MetricNames.METHOD, method, MetricNames.CODE, code.name(), MetricNames.REASON, reason));
  }

  private Timer duration(String method) {
    return durations.withTags(Tags.of(MetricNames.METHOD, method));
  }
}
