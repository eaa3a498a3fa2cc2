// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.feature.WordNGrams;
import io.gcpo.advantage.server.diversity.steps.StepExtractor;
import io.gcpo.advantage.server.diversity.steps.StepKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What a kernel compares texts by. A value: the same features of the same text are equal, so that
 * they may be extracted ahead and kept.
 */
public sealed interface TextFeatures {
  /** The features of a text. Linear in the text; never fails. */
  FeatureBag of(String text);

  /** {@link StepExtractor}'s. */
  record OfSteps(StepKind kind) implements TextFeatures {
    @Override
    public FeatureBag of(String text) {
      return StepExtractor.extract(text, kind);
    }
  }

  /**
   * {@link WordNGrams}.
   *
   * @param order n >= 1
   */
  record OfWords(int order) implements TextFeatures {
    @Override
    public FeatureBag of(String text) {
      return WordNGrams.of(text, order);
    }
  }

  /** What any of the kernels compares texts by. */
  static Set<TextFeatures> unionOf(Collection<SimilarityKernel> kernels) {
    Set<TextFeatures> union = new HashSet<>();
    kernels.forEach(kernel -> union.addAll(kernel.textFeatures()));
    return union;
  }
}
