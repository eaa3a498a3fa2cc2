// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/** A stream of estimates of the values of a game, each from an antithetic pair of samples. */
interface PairSource {

  /**
   * The estimates of the next block of pairs.
   *
   * @param pairs >= 2
   * @return [pairs][n], each row of the right expectation
   */
  double[][] next(int pairs);
}
