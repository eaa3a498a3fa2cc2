// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;

/** A secret that says who calls; it does not print. Immutable. */
final class BearerToken {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final String value;

  /**
   * Takes printable ASCII without spaces, as headers do.
   *
   * @throws IllegalArgumentException for anything else; the message does not hold the token
   */
  BearerToken(String value) {
    boolean fits = !value.isEmpty() && value.chars().allMatch(each -> each > ' ' && each < 0x7f);
    Options.require(fits, "token", "***", "printable ASCII without spaces");
    this.value = value;
  }

  /** Sends the token with each call. */
  ClientInterceptor interceptor() {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + value);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  @Override
  public String toString() {
    return "***";
  }
}
