// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells targets that cannot leave this machine. Looks nothing up: a name may change its mind. */
final class Loopback {
  private static final Pattern SCHEME = Pattern.compile("^(dns|ipv4|ipv6):(///)?");
  private static final Pattern ADDRESS =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d+)?");

  private Loopback() {}

  /** Whether a gRPC target is {@code localhost}, in 127.0.0.0/8 or {@code [::1]}. */
  static boolean is(String target) {
    String address = SCHEME.matcher(target.toLowerCase(Locale.ROOT)).replaceFirst("");
    return ADDRESS.matcher(address).matches();
  }
}
