// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** A loaded model that any number of {@link Encoder}s share. Thread-safe. */
public interface EncoderFactory extends AutoCloseable {
  /** What runs the model. */
  EngineIdentity engine();

  /** Length d of the states of a token. */
  int dimension();

  /**
   * The devices that encoders are spread over: those opened one after the other lie on one after
   * the other, round and round. One, unless overridden.
   */
  default int devices() {
    return 1;
  }

  /** A new encoder, to be closed before this factory is. */
  Encoder open();

  /** Unloads the model. */
  @Override
  void close();
}
