// SPDX-License-Identifier: Apache-2.0
/** The game of a team's coverage and the ways to share its value among the players. Pure. */
@NullMarked
package io.gcpo.advantage.server.diversity.credit;

import org.jspecify.annotations.NullMarked;
