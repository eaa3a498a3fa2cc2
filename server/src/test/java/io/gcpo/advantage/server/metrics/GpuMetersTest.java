// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.metrics.gpu.GpuSample;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GpuMetersTest {
  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final GpuMeters meters = new GpuMeters(registry);

  @Test
  void sampled_again_showsTheLast() {
    meters.sampled(sample(100, OptionalDouble.of(0.5)));
    meters.sampled(sample(200, OptionalDouble.of(0.25)));
    assertThat(value("gcpo_gpu_memory_used_bytes{gpu=\"0\"}")).isEqualTo(200);
    assertThat(value("gcpo_gpu_memory_total_bytes{gpu=\"0\"}")).isEqualTo(1000);
    assertThat(value("gcpo_gpu_utilization_ratio{gpu=\"0\"}")).isEqualTo(0.25);
    assertThat(value("gcpo_gpu_power_watts{gpu=\"0\"}")).isEqualTo(80);
    assertThat(value("gcpo_gpu_temperature_celsius{gpu=\"0\"}")).isEqualTo(40);
    assertThat(value("gcpo_gpu_info{driver=\"570\",gpu=\"0\",name=\"NVIDIA H200\"}")).isEqualTo(1);
  }

  @Test
  void sampled_notReported_isAbsent() {
    meters.sampled(sample(100, OptionalDouble.empty()));
    assertThat(registry.scrape()).contains("gcpo_gpu_power_watts").doesNotContain("utilization");
  }

  @Test
  void lost_nothingIsShown_untilItIsBack() {
    meters.sampled(sample(100, OptionalDouble.of(0.5)));
    meters.lost();
    assertThat(registry.scrape()).doesNotContain("gcpo_gpu");
    meters.sampled(sample(300, OptionalDouble.of(0.5)));
    assertThat(value("gcpo_gpu_memory_used_bytes{gpu=\"0\"}")).isEqualTo(300);
  }

  private static GpuSample sample(double used, OptionalDouble utilization) {
    return new GpuSample(
        "0",
        "NVIDIA H200",
        "570",
        OptionalDouble.of(used),
        OptionalDouble.of(1000),
        utilization,
        OptionalDouble.of(80),
        OptionalDouble.of(40));
  }

  private double value(String nameAndTags) {
    return Exposition.of(registry).sample(nameAndTags);
  }
}
