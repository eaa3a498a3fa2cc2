// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

/**
 * How far apart the largest and the smallest of several scores may be to count as equal. Decided on
 * the scores, before any division: the standard deviation of equal numbers need not be 0 in
 * floating point, and dividing by it would scale rounding up to a signal.
 */
final class Ties {
  /** Of numbers that came over the wire. */
  static final double REWARDS = 1e-12;

  /** Of numbers computed from float32 embeddings. */
  static final double EMBEDDINGS = 1e-5;

  private Ties() {}
}
