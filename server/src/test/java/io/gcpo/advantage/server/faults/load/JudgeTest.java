// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The test of the tests: what went wrong is seen. */
class JudgeTest {
  private static final GroupResult RIGHT = result(0.5, 32);
  private static final Question QUESTION =
      new Question(ComputeAdvantagesRequest.getDefaultInstance(), List.of(RIGHT));

  private final FaultReport report = new FaultReport("judge");
  private final Judge judge =
      new Judge(
          report,
          Duration.ofMillis(1),
          failure -> Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE);

  @Test
  void rightAnswer_passes() throws Exception {
    assertThat(judge.judge(QUESTION, answered(RIGHT))).isTrue();
    report.fault();

    report.finish();
    assertThat(report.answeredSoFar()).isEqualTo(1);
  }

  @Test
  void allowedFailure_passes() throws Exception {
    assertThat(judge.judge(QUESTION, failed(Status.UNAVAILABLE))).isFalse();
    report.fault();

    assertThatCode(report::finish).doesNotThrowAnyException();
  }

  @Test
  void answerThatDiffersInItsLastBit_isFound() {
    assertThat(judge.judge(QUESTION, answered(result(Math.nextUp(0.5), 32)))).isFalse();

    assertReported("other numbers");
  }

  @Test
  void answerWithoutItsDigest_isFound() {
    GroupResult bare = result(0.5, 0);
    Question question = new Question(ComputeAdvantagesRequest.getDefaultInstance(), List.of(bare));

    assertThat(judge.judge(question, answered(bare))).isFalse();

    assertReported("other numbers");
  }

  @Test
  void lostCall_isFound() {
    assertThat(judge.judge(QUESTION, failed(Status.UNKNOWN))).isFalse();

    assertReported("UNKNOWN");
  }

  @Test
  void callThatNeverEnds_isFound() {
    assertThat(judge.judge(QUESTION, new CompletableFuture<>())).isFalse();

    assertReported("hung");
  }

  @Test
  void oneLostCallAmongManyUnderLoad_isFound() {
    int lost = ThreadLocalRandom.current().nextInt(10, 20);
    int[] calls = {0};
    try (Load load =
        Load.start(
            List.of(QUESTION),
            judge,
            Duration.ofMillis(1),
            List.of(request -> ++calls[0] == lost ? failed(Status.INTERNAL) : answered(RIGHT)))) {
      load.awaitAnswers(30);
      assertThat(load.answered()).isGreaterThanOrEqualTo(30);
    }

    assertReported("INTERNAL");
  }

  @Test
  void runWithTooLittleLoad_isInvalid() {
    report.requireLoad(10, 10);
    assertThatThrownBy(() -> report.requireLoad(9, 10))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the run is invalid");
  }

  @Test
  void runWithoutFaults_isNoEvidence() {
    assertThatThrownBy(report::finish).isInstanceOf(AssertionError.class);
  }

  private void assertReported(String reason) {
    report.fault();
    assertThat(judge.reasons()).contains(reason);
    assertThatThrownBy(report::finish)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("lost, wrong, hung");
  }

  private static CompletableFuture<ComputeAdvantagesResponse> answered(GroupResult result) {
    return CompletableFuture.completedFuture(
        ComputeAdvantagesResponse.newBuilder().addResults(result).build());
  }

  private static CompletableFuture<ComputeAdvantagesResponse> failed(Status status) {
    return CompletableFuture.failedFuture(status.asRuntimeException());
  }

  private static GroupResult result(double advantage, int digestBytes) {
    return GroupResult.newBuilder()
        .setAdvantages(
            GroupAdvantages.newBuilder()
                .setInputSha256(ByteString.copyFrom(new byte[digestBytes]))
                .addRollouts(RolloutAdvantage.newBuilder().setAdvantage(advantage)))
        .build();
  }
}
