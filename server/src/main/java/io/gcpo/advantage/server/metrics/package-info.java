// SPDX-License-Identifier: Apache-2.0
/** Micrometer behind the observers that the features own. */
@NullMarked
package io.gcpo.advantage.server.metrics;

import org.jspecify.annotations.NullMarked;
