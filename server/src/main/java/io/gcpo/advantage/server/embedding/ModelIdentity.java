// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * Which model made an embedding.
 *
 * @param name for example {@code all-MiniLM-L6-v2}
 * @param fingerprint SHA-256, lower-case hex, over weights, tokenizer and the settings that shape
 *     an embedding
 * @param dimension length d of an embedding
 * @param maxInputTokens tokens of one window, special tokens included
 */
public record ModelIdentity(String name, String fingerprint, int dimension, int maxInputTokens) {}
