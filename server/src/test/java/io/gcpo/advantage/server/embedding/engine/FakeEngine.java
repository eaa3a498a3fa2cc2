// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EncodingEngine;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Can what it is told it can, and notes in {@link #events} what was opened and closed. */
public final class FakeEngine implements EncodingEngine {
  public final List<String> events = new ArrayList<>();
  private final String name;
  private final Set<String> usable;
  private final Set<String> stuck = new HashSet<>();

  /** {@code usable} devices; opening another fails. */
  public FakeEngine(String name, String... usable) {
    this.name = name;
    this.usable = Set.of(usable);
  }

  /** Makes unloading from {@code device} fail. */
  FakeEngine stuck(String device) {
    stuck.add(device);
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> refusal(ModelDirectory model, Device device) {
    return usable.contains(device.toString())
        ? Optional.empty()
        : Optional.of("no driver for " + device);
  }

  @Override
  public EncoderFactory open(ModelDirectory model, Device device, int threads) {
    if (!usable.contains(device.toString())) {
      throw new EmbeddingUnavailableException("no driver for " + device);
    }
    events.add("load " + device);
    return new EncoderFactory() {
      @Override
      public EngineIdentity engine() {
        return new EngineIdentity(name, "7", device.toString());
      }

      @Override
      public int dimension() {
        return threads;
      }

      @Override
      public boolean independentOfRows() {
        return device.equals(Device.CPU);
      }

      @Override
      public List<Device> devices() {
        return List.of(device);
      }

      @Override
      public Encoder open() {
        events.add("open " + device);
        return encoder(device);
      }

      @Override
      public void close() {
        events.add("unload " + device);
        if (stuck.contains(device.toString())) {
          throw new EmbeddingUnavailableException("stuck: " + device);
        }
      }
    };
  }

  private Encoder encoder(Device device) {
    return new Encoder() {
      @Override
      public TokenStates encode(WindowBatch batch) {
        return (window, token, target) -> target[0] = token;
      }

      @Override
      public void close() {
        events.add("close " + device);
      }
    };
  }
}
