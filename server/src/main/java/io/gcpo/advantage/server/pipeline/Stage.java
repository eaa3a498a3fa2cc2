// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import java.util.Locale;

/** The steps of a request outside the embedder. */
public enum Stage {
  /** Wire message to job. */
  VALIDATE,
  /** Job to embeddings, the wait for the model included. */
  EMBED,
  /** Embeddings to advantages, one group. */
  ADVANTAGE,
  /** Advantages to wire message. */
  SERIALIZE;

  /** Its name in metrics and traces. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
