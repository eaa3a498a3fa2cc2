// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import io.gcpo.advantage.server.diversity.kernel.KernelPlan;

/**
 * The kernel of a group, decided.
 *
 * @param form as it was written down
 * @param plan the kernel with its temperature
 */
public record KernelChoice(KernelForm form, KernelPlan plan) {}
