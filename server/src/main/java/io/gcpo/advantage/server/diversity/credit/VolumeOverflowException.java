// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/**
 * A determinant is beyond the largest double, so that credits in its unit cannot be given. The
 * caller's choice of volume and alpha is at fault, for this group of rollouts and no other.
 */
public final class VolumeOverflowException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  VolumeOverflowException(int rollouts) {
    super(
        "volume: det of "
            + rollouts
            + " rollouts overflows (expected: < 1.8e308; use LOGDET or smaller alpha)");
  }
}
