// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.MessageLite;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;

/**
 * Says with a call's headers how large its message is. A server that bounds the bytes it takes at
 * one time must else take each call to send the most it may, and lets fewer in side by side.
 */
final class RequestBytes {
  static final Metadata.Key<String> KEY =
      Metadata.Key.of("gcpo-request-bytes", Metadata.ASCII_STRING_MARSHALLER);

  private RequestBytes() {}

  /** The channel, for this one request. */
  static Channel declared(Channel channel, MessageLite request) {
    Metadata headers = new Metadata();
    headers.put(KEY, Integer.toString(request.getSerializedSize()));
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
