// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.util.Optional;

/** A library that runs models. Stateless; its native part is loaded when it is first asked. */
public interface EncodingEngine {
  /** As in the setting {@code embedding.engine}, for example {@code onnxruntime}. */
  String name();

  /**
   * Why this engine cannot run {@code model} on {@code device}, in words for whoever started the
   * server; empty if it can, as far as can be told without loading the model.
   */
  Optional<String> refusal(ModelDirectory model, Device device);

  /**
   * Loads {@code model}; each batch is computed by {@code threads} threads, which only a processor
   * needs to know. Throws {@link InvalidModelException} and {@link EmbeddingUnavailableException}.
   */
  EncoderFactory open(ModelDirectory model, Device device, int threads);
}
