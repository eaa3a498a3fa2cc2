// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import java.util.List;

/** Encoders that fail, and that now and then cannot be had. */
record FaultyEncoders(EncoderFactory factory, Failpoints points) implements EncoderFactory {
  @Override
  public EngineIdentity engine() {
    return factory.engine();
  }

  @Override
  public int dimension() {
    return factory.dimension();
  }

  @Override
  public boolean independentOfRows() {
    return factory.independentOfRows();
  }

  @Override
  public List<Device> devices() {
    return factory.devices();
  }

  @Override
  public Encoder open() {
    points.at("encoders.open", List.of(Action.EXCEPTION, Action.ERROR, Action.DELAY));
    return new FaultyEncoder(factory.open(), points);
  }

  @Override
  public void close() {
    factory.close();
  }
}
