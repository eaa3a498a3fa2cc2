// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.util.List;

/** A loaded model that any number of {@link Encoder}s share. Thread-safe. */
public interface EncoderFactory extends AutoCloseable {
  /** What runs the model. */
  EngineIdentity engine();

  /** Length d of the states of a token. */
  int dimension();

  /** Whether a window's states are the same bits in any batch of its padded length. */
  boolean independentOfRows();

  /**
   * What encoders are spread over, at least one: those opened one after the other lie on one after
   * the other, round and round.
   */
  List<Device> devices();

  /** A new encoder, to be closed before this factory is. */
  Encoder open();

  /** Unloads the model. */
  @Override
  void close();
}
