// SPDX-License-Identifier: Apache-2.0
/** From the states of tokens to an embedding: pooling and the layers behind it. */
@NullMarked
package io.gcpo.advantage.server.embedding.pooling;

import org.jspecify.annotations.NullMarked;
