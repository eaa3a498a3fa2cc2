// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal of bad input says. */
final class Refusals {
  private Refusals() {}

  /** The call fails with INVALID_ARGUMENT, for this reason and these violations. */
  static void assertRefused(ThrowingCallable call, String reason, String... violations) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> {
              Status status = StatusProto.fromThrowable(refused);
              assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT.getNumber());
              assertThat(reason(status)).isEqualTo(reason);
              assertThat(violations(status)).containsExactlyInAnyOrder(violations);
            });
  }

  /** The group is refused for one thing; the sound ones around it are answered. */
  static void assertGroupRefused(
      TestServer server, RolloutGroup bad, String reason, String violation) {
    ComputeAdvantagesResponse response =
        server.client().compute(request(sound("before"), bad, sound("after")));
    assertThat(response.getResults(0).hasAdvantages()).isTrue();
    Status error = response.getResults(1).getError();
    assertThat(error.getCode()).isEqualTo(Code.INVALID_ARGUMENT.getNumber());
    assertThat(reason(error)).isEqualTo(reason);
    assertThat(violations(error)).containsExactly(violation);
    assertThat(response.getResults(2).hasAdvantages()).isTrue();
  }

  /** What is wrong with the group under this configuration; empty if it is answered. */
  static List<String> refusal(
      TestServer server, RolloutGroup group, AdvantageConfig.Builder config) {
    return violations(
        server
            .client()
            .compute(request(group).toBuilder().setConfig(config).build())
            .getResults(0)
            .getError());
  }

  static String reason(Status status) {
    return status.getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(detail -> unpack(detail, ErrorInfo.class).getReason())
        .collect(Collectors.joining());
  }

  static List<String> violations(Status status) {
    return status.getDetailsList().stream()
        .filter(detail -> detail.is(BadRequest.class))
        .flatMap(detail -> unpack(detail, BadRequest.class).getFieldViolationsList().stream())
        .map(violation -> violation.getField() + ": " + violation.getDescription())
        .toList();
  }

  private static <T extends Message> T unpack(Any any, Class<T> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
  }
}
