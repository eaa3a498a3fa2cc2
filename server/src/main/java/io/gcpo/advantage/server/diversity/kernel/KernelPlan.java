// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.OptionalDouble;

/**
 * A kernel and the temperature that its similarities are scaled by: {@code exp(-(1 - K) / t)}.
 *
 * @param kernel K, before the temperature
 * @param temperature t > 0; absent where none is applied, or where it is calibrated
 * @param calibrated whether t is taken from the group: such that its median similarity becomes 1/2
 */
public record KernelPlan(SimilarityKernel kernel, OptionalDouble temperature, boolean calibrated) {}
