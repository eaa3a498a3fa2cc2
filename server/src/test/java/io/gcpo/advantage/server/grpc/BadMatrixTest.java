// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Kernels.kernel;
import static io.gcpo.advantage.server.grpc.Kernels.matrix;
import static io.gcpo.advantage.server.grpc.Refusals.violations;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Similarities of the caller that are no kernel are refused, each where it is wrong. */
final class BadMatrixTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.with(new FakeEmbedder(), Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void matrixThatIsNoKernel_isRefused() {
    assertMatrixRefused(
        null,
        "groups[0].similarity_f64_le: absent (expected: [2, 2] float64, for kernel PRECOMPUTED)");
    assertMatrixRefused(
        matrix(1), "groups[0].similarity_f64_le: 8 bytes (expected: 32, [2, 2] float64)");
    assertMatrixRefused(
        matrix(1, Double.NaN, 1.5, 1),
        "groups[0].similarity_f64_le[0][1]: NaN (expected: in [-1, 1])",
        "groups[0].similarity_f64_le[1][0]: 1.5 (expected: in [-1, 1])");
    assertMatrixRefused(
        matrix(1, 0.5, 0.25, 1),
        "groups[0].similarity_f64_le[0][1]: 0.5 (expected: 0.25, as [1][0])");
    assertMatrixRefused(
        matrix(0.5, 0, 0, 1), "groups[0].similarity_f64_le[0][0]: 0.5 (expected: 1)");
    RolloutGroup three =
        group("a", rollout("a", 1), rollout("b", 1), rollout("c", 1)).toBuilder()
            .setSimilarityF64Le(matrix(1, 1, 0, 1, 1, 1, 0, 1, 1))
            .build();
    assertThat(refusal(three))
        .singleElement()
        .asString()
        .startsWith("groups[0].similarity_f64_le: smallest eigenvalue: -0.41421356237");
  }

  @Test
  void badMatrix_leavesTheOtherGroupsAlone() {
    RolloutGroup good = sound("a").toBuilder().setSimilarityF64Le(matrix(1, 0.5, 0.5, 1)).build();
    RolloutGroup malformed =
        sound("b").toBuilder().setSimilarityF64Le(matrix(1, 2, 0.5, 1)).build();
    RolloutGroup indefinite =
        group("c", rollout("a", 1), rollout("b", 1), rollout("c", 1)).toBuilder()
            .setSimilarityF64Le(matrix(1, 1, 0, 1, 1, 1, 0, 1, 1))
            .build();

    ComputeAdvantagesResponse answer =
        server
            .client()
            .compute(
                request(malformed, good, indefinite).toBuilder()
                    .setConfig(kernel(Kernel.KERNEL_PRECOMPUTED))
                    .build());

    assertThat(answer.getResults(0).hasError()).isTrue();
    assertThat(answer.getResults(1).hasAdvantages()).isTrue();
    assertThat(violations(answer.getResults(2).getError()))
        .singleElement()
        .asString()
        .startsWith("groups[2].similarity_f64_le: smallest eigenvalue: ");
  }

  private static void assertMatrixRefused(@Nullable ByteString matrix, String... violations) {
    RolloutGroup.Builder group = sound("a").toBuilder();
    if (matrix != null) {
      group.setSimilarityF64Le(matrix);
    }
    assertThat(refusal(group.build())).containsExactlyInAnyOrder(violations);
  }

  private static List<String> refusal(RolloutGroup group) {
    return Refusals.refusal(server, group, kernel(Kernel.KERNEL_PRECOMPUTED));
  }
}
