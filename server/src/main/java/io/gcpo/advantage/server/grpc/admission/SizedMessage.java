// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

/** A request message that remembers how many bytes it was on the wire. */
public interface SizedMessage {
  /** At least 0. */
  int wireBytes();
}
