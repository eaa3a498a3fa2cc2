// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** A {@link TextTask} of which only the digest of the text is at hand. */
public record DigestTask(ContentDigest digest, TruncationPolicy truncationPolicy) {
  /** The digest of a task's text, with its policy. */
  public static DigestTask of(TextTask task) {
    return new DigestTask(task.content().digest(), task.truncationPolicy());
  }
}
