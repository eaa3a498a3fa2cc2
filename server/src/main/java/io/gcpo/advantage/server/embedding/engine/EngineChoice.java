// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EncodingEngine;
import java.util.List;

/**
 * An engine and where it runs the model.
 *
 * @param devices at least one
 * @param reason one sentence that names both, for logs and for {@code GetServerInfo}
 */
public record EngineChoice(EncodingEngine engine, List<Device> devices, String reason) {

  public EngineChoice {
    devices = ImmutableList.copyOf(devices);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("devices: none (expected: >= 1)");
    }
  }
}
