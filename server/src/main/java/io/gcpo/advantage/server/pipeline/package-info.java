// SPDX-License-Identifier: Apache-2.0
/** From a parsed job to its advantages: embed once, then compute group by group. */
@NullMarked
package io.gcpo.advantage.server.pipeline;

import org.jspecify.annotations.NullMarked;
