// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableMap;
import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** The meters of gRPC calls, by method. Thread-safe. */
final class RequestMeters {
  private final MeterRegistry registry;
  private final ImmutableMap<String, OfMethod> methods;
  private final OfMethod others;
  private final Counter firstAttempts;
  private final Counter repeatedAttempts;

  @Inject
  RequestMeters(MeterRegistry registry, Set<ServiceDescriptor> services) {
    this.registry = registry;
    methods =
        services.stream()
            .flatMap(service -> service.getMethods().stream())
            .map(MethodDescriptor::getFullMethodName)
            .collect(ImmutableMap.toImmutableMap(Function.identity(), OfMethod::new));
    others = new OfMethod(RequestMetrics.UNKNOWN_METHOD);
    firstAttempts = attempts("first");
    repeatedAttempts = attempts("repeated");
    methods.forEach((name, meters) -> meters.registerCodes());
  }

  Timer.Sample begun(String fullMethodName, boolean repeated) {
    of(fullMethodName).open.incrementAndGet();
    (repeated ? repeatedAttempts : firstAttempts).increment();
    return Timer.start(registry);
  }

  void ended(String fullMethodName, Status.Code code, String reason, Timer.Sample sample) {
    OfMethod meters = of(fullMethodName);
    meters.open.decrementAndGet();
    meters.requests(code, reason).increment();
    sample.stop(meters.duration);
  }

  private OfMethod of(String fullMethodName) {
    return methods.getOrDefault(fullMethodName, others);
  }

  private Counter attempts(String attempt) {
    return Meters.counter(registry, RequestMetrics.ATTEMPTS, MetricNames.ATTEMPT, attempt);
  }

  /** Of one method, or of all that are none of ours. */
  private final class OfMethod {
    private final String name;
    private final AtomicInteger open = new AtomicInteger();
    private final Timer duration;

    OfMethod(String name) {
      this.name = name;
      duration = Meters.timer(registry, RequestMetrics.DURATION, MetricNames.METHOD, name);
      Meters.gauge(registry, RequestMetrics.OPEN, open::get, MetricNames.METHOD, name);
    }

    void registerCodes() {
      Stream.of(Status.Code.values()).forEach(code -> requests(code, ""));
    }

    /** A reason that nobody declared must not become a label. */
    Counter requests(Status.Code code, String reason) {
      return Meters.counter(
          registry,
          RequestMetrics.REQUESTS,
          MetricNames.METHOD,
          name,
          MetricNames.CODE,
          code.name(),
          MetricNames.REASON,
          RequestMetrics.REASONS.contains(reason) ? reason : RequestMetrics.OTHER_REASON);
    }
  }
}
