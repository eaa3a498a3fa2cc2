// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.diversity.credit.CreditMethod;

/**
 * What the whole group earned.
 *
 * @param teamValue v(N) >= 0; the credits of the group sum to it where the allocation is efficient
 * @param method how the credits were computed
 * @param samples how many orders or sets were sampled; 0 unless {@link CreditMethod#SAMPLED}
 */
public record TeamCredit(double teamValue, CreditMethod method, int samples) {}
