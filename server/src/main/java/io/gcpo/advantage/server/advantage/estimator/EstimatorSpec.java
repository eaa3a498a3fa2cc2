// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import java.util.List;

/**
 * An estimator's declaration of itself.
 *
 * @param name the enum value of the wire without its prefix, for example {@code GCPO_COOPERATIVE}
 * @param summary one sentence
 * @param source where it comes from, and whose definition it is
 * @param needsSimilarity whether it works on the similarity kernel, or on rewards alone
 * @param parameters in the order of the documentation
 */
public record EstimatorSpec(
    String name,
    String summary,
    String source,
    boolean needsSimilarity,
    List<Parameter<?>> parameters) {
  public EstimatorSpec {
    parameters = List.copyOf(parameters);
  }
}
