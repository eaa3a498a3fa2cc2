// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.Device;
import java.util.HashSet;
import java.util.List;

/**
 * The setting {@code embedding.device}.
 *
 * @param devices the processor alone or GPUs, each once; none for {@code auto}
 */
public record DeviceSetting(List<Device> devices) {
  /** The first GPU if an engine can use it, else the processor. */
  public static final DeviceSetting AUTO = new DeviceSetting(List.of());

  /** What {@link #parse} takes. */
  public static final String EXPECTED = "auto, cpu, or cuda:0[,cuda:1,...], each once";

  public DeviceSetting {
    devices = ImmutableList.copyOf(devices);
    boolean repeated = new HashSet<>(devices).size() < devices.size();
    if (repeated || (devices.size() > 1 && devices.contains(Device.CPU))) {
      throw new IllegalArgumentException("devices: %s (expected: %s)".formatted(devices, EXPECTED));
    }
  }

  /** Reads a setting; throws IllegalArgumentException. */
  public static DeviceSetting parse(String text) {
    if (text.equals("auto")) {
      return AUTO;
    }
    return new DeviceSetting(
        Splitter.on(',').trimResults().splitToStream(text).map(Device::parse).toList());
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return devices.isEmpty() ? "auto" : Joiner.on(',').join(devices);
  }
}
