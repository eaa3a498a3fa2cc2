// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.advantage.parameter.Preset;

/**
 * Whose GRPO: the constants of a trainer's library and what it does with a lone rollout, read in
 * its sources. Equal rewards give exact zeros in all of them; a library that divides by a standard
 * deviation of rounding errors instead is not reproduced.
 */
enum GrpoProfile implements Preset {
  /** The z-score with an epsilon of 1e-6. */
  TEXTBOOK(Normalization.STD, 1e-6, Singleton.ZERO),
  /** huggingface/trl, {@code scale_rewards="group"}. */
  TRL(Normalization.STD, 1e-4, Singleton.ZERO),
  /** verl, {@code grpo}; a lone rollout keeps its reward. */
  VERL(Normalization.STD, 1e-6, Singleton.REWARD),
  /** OpenRLHF, {@code group_norm}. */
  OPENRLHF(Normalization.STD, 1e-9, Singleton.ZERO),
  /** NeMo-RL's default: mean and standard deviation of the others. */
  NEMO_RL(Normalization.LEAVE_ONE_OUT_STD, 1e-6, Singleton.ZERO),
  /** slime. */
  SLIME(Normalization.STD, 1e-6, Singleton.ZERO),
  /** SkyRL, a port of verl's. */
  SKYRL(Normalization.STD, 1e-6, Singleton.REWARD),
  /** ms-swift. */
  MS_SWIFT(Normalization.STD, 1e-4, Singleton.ZERO),
  /** prime-rl: the mean only. */
  PRIME_RL(Normalization.CENTERED, 1e-6, Singleton.ZERO);

  private final Normalization normalization;
  private final double epsilon;
  private final Singleton singleton;

  GrpoProfile(Normalization normalization, double epsilon, Singleton singleton) {
    this.normalization = normalization;
    this.epsilon = epsilon;
    this.singleton = singleton;
  }

  @Override
  public Parameters applyTo(Parameters parameters) {
    return parameters
        .with(Grpo.NORMALIZATION, normalization)
        .with(CommonParameters.EPSILON, epsilon)
        .with(Grpo.SINGLETON, singleton);
  }
}
