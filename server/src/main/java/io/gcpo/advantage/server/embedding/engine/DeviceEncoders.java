// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that is loaded once on each device; the encoders go round. Thread-safe. */
public final class DeviceEncoders implements EncoderFactory {
  private final ImmutableList<EncoderFactory> perDevice;
  private final ImmutableList<Device> devices;
  private final EngineIdentity engine;
  private final AtomicInteger opened = new AtomicInteger();

  private DeviceEncoders(
      List<EncoderFactory> perDevice, List<Device> devices, EngineIdentity engine) {
    this.perDevice = ImmutableList.copyOf(perDevice);
    this.devices = ImmutableList.copyOf(devices);
    this.engine = engine;
  }

  /**
   * Loads {@code model} on every device of {@code choice}, or on none; throws what {@link
   * io.gcpo.advantage.server.embedding.EncodingEngine#open} throws.
   */
  public static DeviceEncoders open(EngineChoice choice, ModelDirectory model, int threads) {
    List<EncoderFactory> perDevice = new ArrayList<>();
    try {
      for (Device device : choice.devices()) {
        perDevice.add(choice.engine().open(model, device, threads));
      }
    } catch (RuntimeException | Error e) {
      // Errors too: ND4J has no memory for a device by an OutOfMemoryError.
      unload(perDevice).ifPresent(e::addSuppressed);
      throw e;
    }
    return new DeviceEncoders(
        perDevice,
        choice.devices(),
        perDevice.get(0).engine().chosen(Joiner.on(',').join(choice.devices()), choice.reason()));
  }

  @Override
  public EngineIdentity engine() {
    return engine;
  }

  @Override
  public int dimension() {
    return perDevice.get(0).dimension();
  }

  @Override
  public List<Device> devices() {
    return devices;
  }

  @Override
  public boolean independentOfRows() {
    return perDevice.stream().allMatch(EncoderFactory::independentOfRows);
  }

  @Override
  public Encoder open() {
    return perDevice.get(Math.floorMod(opened.getAndIncrement(), perDevice.size())).open();
  }

  /** On each device, whether or not another fails; throws what failed first. */
  @Override
  public void close() {
    unload(perDevice)
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private static Optional<RuntimeException> unload(List<EncoderFactory> perDevice) {
    Optional<RuntimeException> first = Optional.empty();
    for (EncoderFactory factory : perDevice) {
      try {
        factory.close();
      } catch (RuntimeException e) {
        first.ifPresent(before -> before.addSuppressed(e));
        first = first.or(() -> Optional.of(e));
      }
    }
    return first;
  }
}
