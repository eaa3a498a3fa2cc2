// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

/**
 * Is told what comes near a limit or over it. Called from several threads; must be quick and must
 * not throw.
 */
public interface AdmissionObserver {
  /** A call was refused, as too many waited. */
  void callShed();

  /** A call waits, and of the calls that may, four fifths do. */
  void manyWait();

  /** A message has more than four fifths of the bytes that one may have. */
  void largeMessage();
}
