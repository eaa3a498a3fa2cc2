// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.diversity.credit.CreditMethod;

/**
 * What the whole group earned.
 *
 * @param teamValue v(N) >= 0; the credits of the group sum to it
 * @param method how the credits were computed
 */
public record TeamCredit(double teamValue, CreditMethod method) {}
