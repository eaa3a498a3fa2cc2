// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.advantage.similarity.KernelChoice;
import java.util.Optional;

/**
 * How a group's rewards become advantages, every knob decided.
 *
 * @param gold a value for each of {@link io.gcpo.advantage.server.advantage.gold.GoldParameters};
 *     empty: no golden answer is put in
 * @param importance a value for each of {@link
 *     io.gcpo.advantage.server.advantage.importance.ImportanceParameters}
 * @param kernel how similar two rollouts are
 */
public record AdvantageSettings(
    EstimatorChoice choice,
    Optional<Parameters> gold,
    Parameters importance,
    KernelChoice kernel) {}
