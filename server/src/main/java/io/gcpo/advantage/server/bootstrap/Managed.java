// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

/**
 * Something with a beginning and an end. Started in the order of the modules, stopped in reverse.
 */
public interface Managed {

  /** Acquires what it needs; throws if it cannot, after giving back what it had acquired. */
  void start() throws Exception;

  /** Gives everything back; called once, and only if {@link #start} returned. */
  void stop() throws Exception;
}
