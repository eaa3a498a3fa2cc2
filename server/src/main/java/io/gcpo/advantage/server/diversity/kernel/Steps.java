// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.steps.StepKind;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Set;

/**
 * The Tanimoto similarity of the steps that two texts take, as {@link
 * io.gcpo.advantage.server.diversity.steps.StepExtractor} reads them.
 *
 * <p>It is positive semi-definite whatever counts as a step: K is the Tanimoto kernel of one bag of
 * features for each text, and that is a mean of block-diagonal matrices of ones (Ioffe, "Improved
 * consistent sampling", ICDM 2010).
 *
 * @param kind what counts as a step
 */
public record Steps(StepKind kind) implements SimilarityKernel {

  @Override
  public Set<KernelInput> inputs() {
    return Set.of(KernelInput.TEXTS);
  }

  @Override
  public Set<TextFeatures> textFeatures() {
    return Set.of(features());
  }

  @Override
  public SymmetricMatrix of(ComparedRollouts rollouts) {
    return TanimotoMatrix.of(rollouts, features());
  }

  private TextFeatures features() {
    return new TextFeatures.OfSteps(kind);
  }
}
