// SPDX-License-Identifier: Apache-2.0
/** Similarity kernels and the clusters that they make. Pure. */
@NullMarked
package io.gcpo.advantage.server.diversity;

import org.jspecify.annotations.NullMarked;
