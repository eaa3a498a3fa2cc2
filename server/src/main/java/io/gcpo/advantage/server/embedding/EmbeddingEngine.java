// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** What may run the model. */
public enum EmbeddingEngine {
  /** ONNX Runtime. */
  ONNXRUNTIME,
  /** ND4J; only in distributions that were built with it. */
  ND4J
}
