// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import java.util.List;

/** A text as far as kernels look at it. */
@FunctionalInterface
public interface ComparedText {
  /**
   * These features of the text, the same whenever it is asked.
   *
   * @throws IllegalStateException if only other features are known
   */
  FeatureBag features(TextFeatures wanted);

  /** A text whose features are extracted when they are asked for. Equal texts are equal. */
  static ComparedText of(String text) {
    return new Whole(text);
  }

  /** Such texts. */
  static List<ComparedText> ofAll(List<String> texts) {
    return texts.stream().map(ComparedText::of).toList();
  }

  /** A text of which nothing is known beforehand. */
  record Whole(String text) implements ComparedText {
    @Override
    public FeatureBag features(TextFeatures wanted) {
      return wanted.of(text);
    }
  }
}
