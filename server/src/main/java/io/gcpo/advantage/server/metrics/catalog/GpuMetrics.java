// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;

/** Of the machine's NVIDIA GPUs, as their driver's tool reports them. */
public final class GpuMetrics {
  private static final String PRESENCE = "where `nvidia-smi` reports the value";
  private static final MetricLabel GPU =
      MetricLabel.open("gpu", "its number, by its place on the bus");

  public static final Metric INFO =
      Metric.gauge(
              "gcpo_gpu_info",
              "",
              "Which GPU it is; always 1",
              GPU,
              MetricLabel.open("name", "the product's"),
              MetricLabel.open("driver", "version of the driver"))
          .when(PRESENCE);

  public static final Metric MEMORY_USED =
      gauge("gcpo_gpu_memory_used_bytes", "bytes", "Memory of the GPU in use, by any process");

  public static final Metric MEMORY_TOTAL =
      gauge("gcpo_gpu_memory_total_bytes", "bytes", "Memory of the GPU");

  public static final Metric UTILIZATION =
      gauge("gcpo_gpu_utilization_ratio", "ratio", "Share of the time in which a kernel ran on it");

  public static final Metric POWER =
      gauge("gcpo_gpu_power_watts", "watts", "Power that the GPU draws");

  public static final Metric TEMPERATURE =
      gauge("gcpo_gpu_temperature_celsius", "celsius", "Temperature of the GPU's core");

  static final ImmutableList<Metric> ALL =
      ImmutableList.of(INFO, MEMORY_USED, MEMORY_TOTAL, UTILIZATION, POWER, TEMPERATURE);

  private GpuMetrics() {}

  private static Metric gauge(String name, String unit, String help) {
    return Metric.gauge(name, unit, help, GPU).when(PRESENCE);
  }
}
