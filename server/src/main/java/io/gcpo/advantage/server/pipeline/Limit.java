// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

/** What there can be too much of in a request. */
public enum Limit {
  /** Groups in a request. */
  GROUPS,
  /** Rollouts in a group. */
  ROLLOUTS,
  /** Texts in a request. */
  TEXTS,
  /** Bytes of a text. */
  TEXT_BYTES,
  /** Numbers of an embedding that the caller gives. */
  EMBEDDING_DIMENSION,
  /** Characters of an id or a label. */
  ID_CHARACTERS
}
