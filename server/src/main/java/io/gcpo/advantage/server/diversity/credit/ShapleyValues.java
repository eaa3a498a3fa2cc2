// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Vector;

/**
 * What each player of a coverage game earns.
 *
 * @param values phi [n], each >= 0, exactly 0 for a null player, the same bits for interchangeable
 *     players; they sum to {@code teamValue} within 1e-9 relative
 * @param teamValue v(N) >= 0
 * @param method how the values were computed
 */
public record ShapleyValues(Vector values, double teamValue, CreditMethod method) {}
