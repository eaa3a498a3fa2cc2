// SPDX-License-Identifier: Apache-2.0
/** Texts to token ids and to windows of the model's length. */
@NullMarked
package io.gcpo.advantage.server.embedding.tokenizer;

import org.jspecify.annotations.NullMarked;
