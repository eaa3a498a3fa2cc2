// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** A text to be embedded; two equal tasks have equal outcomes. */
public record TextTask(String text, TruncationPolicy truncationPolicy) {}
