// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

/** What becomes of a call that is over its client's quota. */
public enum QuotaMode {
  /** It is let through, counted and logged: to find out what a limit would do. */
  SHADOW,
  /** It is refused at its headers. */
  ENFORCE
}
