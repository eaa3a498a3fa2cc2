// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.StreamHeader;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Gives a random id to requests without one, so that the server tells all attempts of one call from
 * other calls: attempts have the id and the bytes in common, and one that comes while another is
 * worked on joins it. What has other bytes needs another id.
 */
final class RequestIds {
  private static final int MAX_CHARACTERS = 128;

  private RequestIds() {}

  static ComputeAdvantagesRequest fill(ComputeAdvantagesRequest request) {
    return request.getRequestId().isEmpty()
        ? request.toBuilder().setRequestId(random()).build()
        : request;
  }

  static EmbedTextsRequest fill(EmbedTextsRequest request) {
    return request.getRequestId().isEmpty()
        ? request.toBuilder().setRequestId(random()).build()
        : request;
  }

  static SubmitRolloutsRequest fill(SubmitRolloutsRequest request) {
    return request.getRequestId().isEmpty()
        ? request.toBuilder().setRequestId(random()).build()
        : request;
  }

  static StreamHeader fill(StreamHeader header) {
    return header.getRequestId().isEmpty()
        ? header.toBuilder().setRequestId(random()).build()
        : header;
  }

  /** The id of a part of the call {@code id}: the same for all attempts, another for each part. */
  static String part(String id, String part) {
    String whole = id + "." + part;
    // A server takes no longer ones; a digest tells calls apart as well.
    return id.length() <= MAX_CHARACTERS && whole.length() > MAX_CHARACTERS
        ? HexFormat.of().formatHex(Sha256.of(ByteString.copyFromUtf8(whole)).toByteArray())
        : whole;
  }

  private static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
