// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.group;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What verifier and trainer say of one rollout; text and embedding aside.
 *
 * @param reward finite; absent where it does not count
 * @param components parts of the reward by name, finite; may be empty
 * @param likelihood absent where the trainer sent none
 */
public record RolloutScore(
    OptionalDouble reward, Map<String, Double> components, Likelihood likelihood) {
  public RolloutScore {
    components = Map.copyOf(components);
  }

  /** A reward and nothing else. */
  public static RolloutScore of(OptionalDouble reward) {
    return new RolloutScore(reward, Map.of(), Likelihood.UNKNOWN);
  }

  /** The same with another reward. */
  public RolloutScore withReward(double other) {
    return new RolloutScore(OptionalDouble.of(other), components, likelihood);
  }

  /**
   * How likely a rollout is, each part absent where the trainer did not send it.
   *
   * @param generatedTokens of the policy's own tokenizer
   * @param logProb sum over the tokens of log pi under the policy being trained
   * @param oldLogProb the same under the policy that sampled it
   */
  public record Likelihood(
      OptionalInt generatedTokens, OptionalDouble logProb, OptionalDouble oldLogProb) {
    /** Nothing was sent. */
    public static final Likelihood UNKNOWN =
        new Likelihood(OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
