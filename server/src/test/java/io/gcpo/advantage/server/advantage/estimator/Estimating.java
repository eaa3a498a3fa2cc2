// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Random;

/** Runs any estimator on a batch, and chooses its parameters. */
final class Estimating {
  private Estimating() {}

  /** One entry for each group, whether the estimator looks at groups or at batches. */
  static List<Estimate> estimate(
      AdvantageEstimator estimator, Parameters parameters, List<FullGroup> batch) {
    List<ScoredRollouts> rollouts = batch.stream().map(FullGroup::rollouts).toList();
    if (estimator instanceof BatchEstimator together) {
      return together.estimate(rollouts, parameters);
    }
    GroupEstimator single = (GroupEstimator) estimator;
    return rollouts.stream().map(group -> single.estimate(group, parameters)).toList();
  }

  /** Of one group of rewards alone, with default parameters. */
  static Vector advantages(GroupEstimator estimator, double... rewards) {
    return estimator
        .estimate(ScoredRollouts.of(Vector.of(rewards)), defaults(estimator))
        .advantages();
  }

  static Parameters defaults(AdvantageEstimator estimator) {
    return Parameters.defaultsOf(estimator.spec().parameters());
  }

  /** Defaults but for every choice and whole number, which are drawn; those up to 6. */
  static Parameters random(AdvantageEstimator estimator, Random random) {
    Parameters parameters = defaults(estimator);
    for (Parameter<?> parameter : estimator.spec().parameters()) {
      if (parameter instanceof Parameter.Choice<?> choice) {
        parameters = withOption(parameters, choice, random);
      } else if (parameter instanceof Parameter.Whole whole) {
        parameters = parameters.with(whole, 1 + random.nextInt(6));
      }
    }
    return parameters;
  }

  /** With every tie tolerance of 0: only exact ties are ties. */
  static Parameters exactTies(AdvantageEstimator estimator, Parameters parameters) {
    Parameters changed = parameters;
    for (Parameter<?> parameter : estimator.spec().parameters()) {
      if (parameter.name().equals("tie_tolerance")) {
        changed = changed.with((Parameter.Real) parameter, 0.0);
      }
    }
    return changed;
  }

  /** With every real number at its lower bound, or just above it, or at its upper bound. */
  static Parameters atBounds(AdvantageEstimator estimator, Parameters parameters, boolean upper) {
    Parameters changed = parameters;
    for (Parameter<?> parameter : estimator.spec().parameters()) {
      if (parameter instanceof Parameter.Real real) {
        double lower = real.minExclusive() ? Math.nextUp(real.min()) : real.min();
        changed = changed.with(real, upper ? real.max() : lower);
      }
    }
    return changed;
  }

  /** The largest magnitude. */
  static double largest(Vector values) {
    return Math.max(values.max(), -values.min());
  }

  private static <E extends Enum<E>> Parameters withOption(
      Parameters parameters, Parameter.Choice<E> choice, Random random) {
    return parameters.with(choice, choice.options().get(random.nextInt(choice.options().size())));
  }
}
