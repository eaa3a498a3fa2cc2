// SPDX-License-Identifier: Apache-2.0
/** The queue and the workers that form batches across groups and requests. */
@NullMarked
package io.gcpo.advantage.server.embedding.batching;

import org.jspecify.annotations.NullMarked;
