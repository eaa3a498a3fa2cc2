// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.twins;

/** A call has the id of another that is in flight and asks something else. */
public final class RequestIdReusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RequestIdReusedException(String requestId) {
    super(
        "request_id: %s is in flight with other content (expected: an id for each request)"
            .formatted(requestId));
  }
}
