// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import io.gcpo.advantage.server.embedding.EncodingEngine;
import java.util.Locale;

/** The setting {@code embedding.engine}. */
public enum EngineSetting {
  /** The first that can, see {@link EngineChooser}. */
  AUTO,
  /** ONNX Runtime. */
  ONNXRUNTIME,
  /** ND4J. */
  ND4J;

  boolean allows(EncodingEngine engine) {
    return this == AUTO || engine.name().equals(toString());
  }

  /** As it is written in a configuration. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
