// SPDX-License-Identifier: Apache-2.0
/** How different the rollouts of a group are from each other. Pure. */
@NullMarked
package io.gcpo.advantage.server.diversity.metrics;

import org.jspecify.annotations.NullMarked;
