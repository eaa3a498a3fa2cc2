// SPDX-License-Identifier: Apache-2.0
/**
 * How similar two rollouts are: positive semi-definite kernels and what keeps them so when they are
 * put together. Pure.
 */
@NullMarked
package io.gcpo.advantage.server.diversity.kernel;

import org.jspecify.annotations.NullMarked;
