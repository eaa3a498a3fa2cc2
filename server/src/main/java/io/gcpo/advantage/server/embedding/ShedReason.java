// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** Why work was turned away before it cost anything. */
public enum ShedReason {
  /** Too many tokens wait. */
  QUEUED_TOKENS,
  /** It would wait too long, or make others late. */
  QUEUE_WAIT,
  /** It would be late itself. */
  PREDICTED_WAIT
}
