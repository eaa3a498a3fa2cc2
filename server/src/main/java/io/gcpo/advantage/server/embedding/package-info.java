// SPDX-License-Identifier: Apache-2.0
/** Texts to embeddings: the interfaces that the pipeline uses, and their wiring. */
@NullMarked
package io.gcpo.advantage.server.embedding;

import org.jspecify.annotations.NullMarked;
