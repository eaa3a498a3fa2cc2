// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.base.Strings;
import io.grpc.Context;

/** The client that a call's token names. */
final class Caller {
  /** Unset where no token is asked for. */
  static final Context.Key<String> NAME = Context.key("gcpo-client");

  private Caller() {}

  /** That of the current call; empty where no token is asked for: all callers are then one. */
  static String name() {
    return Strings.nullToEmpty(NAME.get());
  }
}
