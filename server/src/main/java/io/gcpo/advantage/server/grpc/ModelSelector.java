// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import jakarta.inject.Inject;
import java.util.stream.Collectors;

/**
 * Finds the embedder that a request asks for by its model's name, and keeps it to the caller's wish
 * for one fingerprint, so that a rolling deployment never mixes two models in one batch.
 */
final class ModelSelector {
  private final Embedders embedders;

  @Inject
  ModelSelector(Embedders embedders) {
    this.embedders = embedders;
  }

  /**
   * The embedder of the model {@code name}, the default one if that is empty. Throws {@link
   * UnknownModelException}, and {@link ModelMismatchException} unless {@code expectedFingerprint}
   * is empty or the model's.
   */
  TextEmbedder select(String name, String expectedFingerprint) {
    TextEmbedder embedder =
        embedders.find(name).orElseThrow(() -> new UnknownModelException(names()));
    String fingerprint = embedder.model().fingerprint();
    if (!expectedFingerprint.isEmpty() && !expectedFingerprint.equals(fingerprint)) {
      throw new ModelMismatchException(fingerprint);
    }
    return embedder;
  }

  private String names() {
    return embedders.all().stream()
        .map(embedder -> embedder.model().name())
        .collect(Collectors.joining(" or "));
  }
}
