// SPDX-License-Identifier: Apache-2.0
/** Similarity kernels, the coverage game and its Shapley values, diversity metrics. Pure. */
@NullMarked
package io.gcpo.advantage.server.diversity;

import org.jspecify.annotations.NullMarked;
