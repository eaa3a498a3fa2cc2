// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import java.util.OptionalDouble;

/**
 * How similar a group's rollouts were, and how that was scaled.
 *
 * @param medianSimilarity over the pairs of correct rollouts, before the temperature; absent where
 *     fewer than two are correct
 * @param meanSimilarity of the same
 * @param temperature that was applied; absent where none was
 */
public record KernelReport(
    OptionalDouble medianSimilarity, OptionalDouble meanSimilarity, OptionalDouble temperature) {}
