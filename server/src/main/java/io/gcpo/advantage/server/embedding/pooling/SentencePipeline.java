// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.pooling;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;
import java.util.List;

/** What a model's files say happens to the states of its tokens. Immutable. */
public final class SentencePipeline {
  private final Path directory;
  private final PoolingConfig pooling;
  private final ImmutableList<HeadLayer> layers;

  public SentencePipeline(Path directory, PoolingConfig pooling, List<HeadLayer> layers) {
    this.directory = directory;
    this.pooling = pooling;
    this.layers = ImmutableList.copyOf(layers);
  }

  /** A mean over tokens, for states of any length. */
  public static SentencePipeline mean(Path directory) {
    return new SentencePipeline(directory, PoolingConfig.MEAN, List.of());
  }

  /**
   * The computation for states of length {@code stateDimension}; throws {@link
   * InvalidModelException} if the files are for another length.
   */
  public SentenceHead head(int stateDimension) {
    if (pooling.stateDimension() != 0 && pooling.stateDimension() != stateDimension) {
      throw new InvalidModelException(
          directory,
          "pooling: states of %d values (expected: %d, as the model has)"
              .formatted(pooling.stateDimension(), stateDimension));
    }
    return new SentenceHead(stateDimension, pooling.modes(), layers);
  }

  /** False if the tokens of a prompt are to be left out. */
  public boolean includesPrompt() {
    return pooling.includePrompt();
  }

  /** True for one kind of pooling with nothing behind it but the final normalisation. */
  public boolean isOnePooling() {
    return pooling.modes().size() == 1 && layers.isEmpty();
  }

  /** Lines for the fingerprint: all that shapes an embedding, the final normalisation included. */
  public String identity() {
    StringBuilder lines = new StringBuilder("pooling " + pooling.label() + "\n");
    layers.forEach(layer -> lines.append(layer.identity()).append('\n'));
    return lines.append("normalisation l2\n").toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SentencePipeline that
        && directory.equals(that.directory)
        && pooling.equals(that.pooling)
        && identity().equals(that.identity());
  }

  @Override
  public int hashCode() {
    return identity().hashCode();
  }
}
