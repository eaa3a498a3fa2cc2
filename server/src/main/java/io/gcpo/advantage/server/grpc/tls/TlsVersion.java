// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.tls;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;

/** The oldest protocol that is spoken. */
public enum TlsVersion {
  V1_2("1.2", "TLSv1.3", "TLSv1.2"),
  V1_3("1.3", "TLSv1.3");

  private final String number;
  private final ImmutableList<String> protocols;

  TlsVersion(String number, String... protocols) {
    this.number = number;
    this.protocols = ImmutableList.copyOf(protocols);
  }

  /** {@code 1.2} or {@code 1.3}; throws IllegalArgumentException for anything else. */
  static TlsVersion of(String number) {
    return Arrays.stream(values())
        .filter(version -> version.number.equals(number))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(number));
  }

  /** This one and the newer ones, as Java calls them. */
  ImmutableList<String> protocols() {
    return protocols;
  }

  @Override
  public String toString() {
    return number;
  }
}
