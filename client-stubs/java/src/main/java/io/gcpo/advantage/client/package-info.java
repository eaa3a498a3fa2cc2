// SPDX-License-Identifier: Apache-2.0
/**
 * A thin client of the advantage service: deadlines, retries that hold for requests of any size,
 * large calls in parts, streams, checked answers. {@link io.gcpo.advantage.client.AdvantageClient}
 * is where to begin.
 */
@NullMarked
package io.gcpo.advantage.client;

import org.jspecify.annotations.NullMarked;
