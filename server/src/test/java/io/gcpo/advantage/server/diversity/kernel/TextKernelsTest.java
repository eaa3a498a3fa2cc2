// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.steps.StepExtractor;
import io.gcpo.advantage.server.diversity.steps.StepKind;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import org.junit.jupiter.api.Test;

/** {@link Lexical} and {@link Steps}. */
final class TextKernelsTest {

  @Test
  void lexical_sharedPairsOfWords_count() {
    SymmetricMatrix kernel =
        new Lexical(2).of(Compared.texts("So we add two.", "so WE add three.", "", "So"));
    // Of "so we", "we add", "add two", "two ." the first two are shared, of six in all.
    assertThat(kernel)
        .isEqualTo(
            Compared.matrix(new double[] {2 / 6.0}, new double[] {0, 0}, new double[] {0, 0, 0}));
  }

  @Test
  void lexical_order_decidesHowMuchMustBeShared() {
    ComparedRollouts rollouts = Compared.texts("a b c", "c b a");
    assertThat(new Lexical(1).of(rollouts).get(0, 1)).isEqualTo(1);
    assertThat(new Lexical(2).of(rollouts).get(0, 1)).isZero();
    assertThat(new Lexical(8).of(Compared.texts("a b c", " A B C ")).get(0, 1)).isEqualTo(1);
  }

  @Test
  void lexical_orderOutOfRange_isRefused() {
    assertThatThrownBy(() -> new Lexical(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("order: 0 (expected: in [1, 8])");
    assertThatThrownBy(() -> new Lexical(9)).hasMessage("order: 9 (expected: in [1, 8])");
  }

  @Test
  void steps_eachKind_comparesWhatItExtracts() {
    String text = "First 2 + 3 = 5.\nThen 5 * 2 = 10. So 10.";
    String other = "  First 2 + 3 = 5.\nSo 11.";
    for (StepKind kind : StepKind.values()) {
      FeatureBag steps = StepExtractor.extract(text, kind);
      double expected = steps.tanimoto(StepExtractor.extract(other, kind));
      assertThat(new Steps(kind).of(Compared.texts(text, other, text)))
          .as("%s", kind)
          .isEqualTo(Compared.matrix(new double[] {expected}, new double[] {1, expected}));
    }
  }

  @Test
  void of_noTexts_saysSo() {
    for (SimilarityKernel kernel :
        new SimilarityKernel[] {new Lexical(2), new Steps(StepKind.MATH)}) {
      assertThat(kernel.inputs()).containsExactly(KernelInput.TEXTS);
      assertThatThrownBy(() -> kernel.of(Compared.nothing(2)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("TEXTS: absent (expected: present)");
    }
  }
}
