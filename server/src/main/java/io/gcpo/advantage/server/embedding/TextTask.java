// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** A text to be embedded; two equal tasks have the same embedding, bit for bit. */
public record TextTask(String text, TruncationPolicy truncationPolicy) {}
