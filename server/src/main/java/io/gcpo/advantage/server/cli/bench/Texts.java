// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

/** What the server knows of a text before the call that brings it: the cache decides the cost. */
public enum Texts {
  /** Nothing: no text comes twice, each is embedded within its call. */
  FRESH,
  /** Everything, after the first step: every step has the texts of the first. */
  REPEATED,
  /**
   * What SubmitRollouts told it: texts are fresh, submitted ahead, and computed by their hashes.
   */
  SUBMITTED
}
