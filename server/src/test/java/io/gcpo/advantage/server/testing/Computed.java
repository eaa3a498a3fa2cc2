// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.advantage.importance.ImportanceParameters;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.advantage.similarity.KernelChoice;
import io.gcpo.advantage.server.advantage.similarity.KernelForm;
import io.gcpo.advantage.server.diversity.kernel.ComparedRollouts;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import java.util.List;
import java.util.Optional;

/** Settings and answers of the calculator, with defaults for what a test does not look at. */
public final class Computed {
  private Computed() {}

  /** The estimator of that name with its default parameters. */
  public static EstimatorChoice choice(String estimator) {
    return EstimatorChoice.withDefaults(new EstimatorRegistry().byName(estimator).orElseThrow());
  }

  /** The choice without a golden answer, on the cosine of embeddings. */
  public static AdvantageSettings settings(EstimatorChoice choice) {
    return new AdvantageSettings(
        choice,
        Optional.empty(),
        Parameters.defaultsOf(ImportanceParameters.all()),
        kernel(NamedKernel.EMBEDDING_COSINE));
  }

  /** The kernel of that name as it is. */
  public static KernelChoice kernel(NamedKernel name) {
    KernelForm form = new KernelForm.Named(name);
    return new KernelChoice(form, form.plan());
  }

  /** Rollouts of which the embeddings are known. */
  public static ComparedRollouts compared(FloatMatrix embeddings) {
    return new ComparedRollouts(
        embeddings.rows(),
        Optional.of(embeddings),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The advantages of one group alone. */
  public static GroupAdvantages compute(
      ScoredGroup group, EstimatorChoice choice, boolean diversity) {
    return new AdvantageCalculator()
        .compute(
            List.of(group),
            List.of(settings(choice)),
            diversity ? DiversityPlan.DEFAULT : DiversityPlan.NOTHING)
        .get(0);
  }
}
