// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.StreamHeader;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.util.UUID;

/**
 * Gives a random id to requests without one, so that the server's log tells all attempts of one
 * call from other calls.
 */
final class RequestIds {
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

  private static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
