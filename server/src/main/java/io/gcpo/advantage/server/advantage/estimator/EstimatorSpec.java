// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import java.util.List;
import java.util.Set;

/**
 * An estimator's declaration of itself.
 *
 * @param name the enum value of the wire without its prefix, for example {@code GCPO_COOPERATIVE}
 * @param summary one sentence
 * @param source where it comes from, and whose definition it is
 * @param inputs what it needs besides rewards, whatever its parameters
 * @param parameters in the order of the documentation
 */
public record EstimatorSpec(
    String name, String summary, String source, Set<Input> inputs, List<Parameter<?>> parameters) {
  public EstimatorSpec {
    inputs = Set.copyOf(inputs);
    parameters = List.copyOf(parameters);
  }
}
