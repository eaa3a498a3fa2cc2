// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

/** Hears of calls that were refused for their token. Thread-safe; must not block. */
public interface AuthObserver {

  /** A call ended before its body was read. */
  void refused(UnauthenticatedException.Reason reason);
}
