// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.ModelIdentity;

/** A caller's wish for one model, so that a rolling deployment never mixes two in one batch. */
final class ModelPin {
  private ModelPin() {}

  /** Throws {@link ModelMismatchException} unless the wish is empty or fulfilled. */
  static void check(String expectedFingerprint, ModelIdentity model) {
    if (!expectedFingerprint.isEmpty() && !expectedFingerprint.equals(model.fingerprint())) {
      throw new ModelMismatchException(model.fingerprint());
    }
  }
}
