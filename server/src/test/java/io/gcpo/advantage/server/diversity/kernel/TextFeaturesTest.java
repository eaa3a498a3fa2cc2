// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.diversity.steps.StepKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What kernels say they compare texts by, against what they ask for. */
final class TextFeaturesTest {
  @Test
  void textFeatures_ofAnyKernel_areWhatItAsksFor() {
    List<SimilarityKernel> kernels = new ArrayList<>(SampleKernels.all());
    for (NamedKernel named : NamedKernel.values()) {
      kernels.add(named.plan().kernel());
    }
    for (int seed = 0; seed < 200; seed++) {
      kernels.add(new RandomRollouts(seed).nextComposite(3));
    }
    ComparedRollouts rollouts = new RandomRollouts(1).next(5);

    for (SimilarityKernel kernel : kernels) {
      Set<TextFeatures> asked = new HashSet<>();

      assertThat(kernel.of(noting(rollouts, asked))).isEqualTo(kernel.of(rollouts));
      assertThat(kernel.textFeatures()).as(kernel.toString()).isEqualTo(asked);
      assertThat(kernel.inputs().contains(KernelInput.TEXTS)).isEqualTo(!asked.isEmpty());
    }
  }

  @Test
  void textFeatures_ofTheDefault_areSteps() {
    assertThat(NamedKernel.GENERAL.plan().kernel().textFeatures())
        .containsExactly(new TextFeatures.OfSteps(StepKind.AUTO));
  }

  private static ComparedRollouts noting(ComparedRollouts rollouts, Set<TextFeatures> asked) {
    List<ComparedText> texts = new ArrayList<>();
    for (ComparedText text : rollouts.texts().orElseThrow()) {
      texts.add(
          wanted -> {
            asked.add(wanted);
            return text.features(wanted);
          });
    }
    return new ComparedRollouts(
        rollouts.count(),
        rollouts.embeddings(),
        rollouts.promptEmbedding(),
        Optional.of(texts),
        rollouts.clusterLabels(),
        rollouts.similarities());
  }
}
