// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

/** What happens at a point that is named so. */
record Fault(String point, Action action) {
  @Override
  public String toString() {
    return point + " " + action;
  }
}
