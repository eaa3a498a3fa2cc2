// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** There is no room for a group of a stream: the others of the stream are none the worse. */
@Timeout(60)
class RefusedStreamGroupTest {
  private final FakeEmbedder embedder = new FakeEmbedder();

  @Test
  void refusedGroup_isDataAndMayComeAgain() throws Exception {
    try (TestServer server = TestServer.with(embedder, Map.of())) {
      CompletableFuture<Void> answers = embedder.holdAnswers();
      BlockingClientCall<StreamAdvantagesRequest, StreamAdvantagesResponse> stream =
          AdvantageServiceGrpc.newBlockingV2Stub(server.channel()).streamAdvantages();
      stream.write(
          StreamAdvantagesRequest.newBuilder()
              .setHeader(StreamHeader.getDefaultInstance())
              .build());
      stream.write(message(sound("a")));
      answers.completeExceptionally(
          QueueFullException.ofTokens(10, 90, 95, Duration.ofMillis(1_234)));

      Status refusal = read(stream).getResult().getError();

      assertThat(refusal.getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE.value());
      assertThat(refusal.getDetails(0).unpack(ErrorInfo.class).getReason()).isEqualTo("QUEUE_FULL");
      assertThat(refusal.getDetails(1).unpack(RetryInfo.class).getRetryDelay())
          .isEqualTo(Durations.fromMillis(1_234));

      embedder.holdAnswers().complete(null);
      stream.write(message(sound("a")));
      stream.halfClose();

      assertThat(read(stream).getResult().hasAdvantages()).isTrue();
      assertThat(stream.read(30, TimeUnit.SECONDS)).isNull();
    }
  }

  private static StreamAdvantagesResponse read(
      BlockingClientCall<StreamAdvantagesRequest, StreamAdvantagesResponse> stream)
      throws Exception {
    StreamAdvantagesResponse answer = stream.read(30, TimeUnit.SECONDS);
    assertThat(answer).isNotNull();
    return answer;
  }

  private static StreamAdvantagesRequest message(RolloutGroup group) {
    return StreamAdvantagesRequest.newBuilder().setGroup(group).build();
  }
}
