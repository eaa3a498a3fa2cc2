// SPDX-License-Identifier: Apache-2.0
/** The golden answer that takes a failed rollout's place. Pure. */
@NullMarked
package io.gcpo.advantage.server.advantage.gold;

import org.jspecify.annotations.NullMarked;
