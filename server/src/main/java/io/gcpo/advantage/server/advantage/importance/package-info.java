// SPDX-License-Identifier: Apache-2.0
/** Sequence-level importance ratios. Pure. */
@NullMarked
package io.gcpo.advantage.server.advantage.importance;

import org.jspecify.annotations.NullMarked;
