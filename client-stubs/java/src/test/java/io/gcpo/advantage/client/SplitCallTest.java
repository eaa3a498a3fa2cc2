// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.AnswerOrigin;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.EstimatorInfo;
import io.gcpo.advantage.v1.Limits;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.ServerTiming;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SplitCallTest {
  private FakeServer server;
  private AdvantageClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    server.info.limit(Limits.newBuilder().setMaxGroupsPerRequest(3).setMaxTextsPerRequest(3));
    client = AdvantageClient.connect(server.target());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void compute_overTheLimit_isJoinedInOrder() {
    ComputeAdvantagesRequest request = groups(20);

    ComputeAdvantagesResponse answer = client.compute(request);

    assertThat(answer.getRequestId()).isEqualTo("many");
    assertThat(answer.getResultsList()).isEqualTo(Answers.to(request).getResultsList());
    assertThat(server.service.computed)
        .hasSize(7)
        .allSatisfy(part -> assertThat(part.getRequestId()).matches("many\\.[1-7]"))
        .allSatisfy(part -> assertThat(part.getGroupsCount()).isBetween(1, 3));
  }

  @Test
  void compute_parts_haveIdsOfTheirOwn() {
    client.compute(groups(20));
    client.compute(groups(20).toBuilder().setRequestId("x".repeat(128)).build());

    assertThat(server.service.computed)
        .extracting(ComputeAdvantagesRequest::getRequestId)
        .hasSize(14)
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).matches("[A-Za-z0-9._-]{1,128}"));
  }

  @Test
  void compute_timing_isTheLongestAndTheSumOfTokens() {
    server.service.distortion =
        answer ->
            answer.toBuilder()
                .setTiming(
                    ServerTiming.newBuilder()
                        .setTokens(10)
                        .setEmbeddingDuration(
                            Duration.newBuilder().setNanos(answer.getResultsCount())))
                .build();

    ServerTiming timing = client.compute(groups(5)).getTiming();

    assertThat(timing.getTokens()).isEqualTo(20);
    assertThat(timing.getEmbeddingDuration()).isEqualTo(Duration.newBuilder().setNanos(3).build());
  }

  @Test
  void compute_partsOfDifferentModels_areRefused() {
    AtomicInteger parts = new AtomicInteger();
    server.service.distortion =
        answer ->
            answer.toBuilder()
                .setModel(ModelIdentity.newBuilder().setFingerprint("f" + parts.getAndIncrement()))
                .build();

    assertThatThrownBy(() -> client.compute(groups(4)))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessageStartingWith("model.fingerprint: \"f");
  }

  @Test
  void compute_partsOfDifferentServers_areRefused() {
    AtomicInteger parts = new AtomicInteger();
    server.service.distortion =
        answer ->
            answer.toBuilder()
                .setOrigin(
                    AnswerOrigin.newBuilder().setServerVersion("2." + parts.getAndIncrement()))
                .build();

    assertThatThrownBy(() -> client.compute(groups(4)))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessageStartingWith("origin: \"2.");
  }

  @Test
  void compute_partThatWasNormalisedOverItsGroups_isRefused() {
    server.service.distortion =
        answer -> {
          ComputeAdvantagesResponse.Builder batch = answer.toBuilder();
          batch.getResultsBuilder(0).getAdvantagesBuilder().setBatchGroups(1);
          return batch.build();
        };

    assertThatThrownBy(() -> client.compute(groups(4)))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessageContaining(
            "batch_groups: 1 (expected: 0, as not all groups were sent together)");
  }

  @Test
  void compute_estimatorOverAllGroups_isNotTakenApart() {
    Estimator whole = Estimator.ESTIMATOR_REINFORCE_PLUS_PLUS_BASELINE;
    server.info.info =
        server.info.info.toBuilder()
            .addEstimators(EstimatorInfo.newBuilder().setEstimator(whole).setBatchLevel(true))
            .build();
    ComputeAdvantagesRequest.Builder request = groups(4).toBuilder();
    String message =
        "groups: 2 requests (expected: one, as " + whole + " normalises over all groups of it;";

    request.getConfigBuilder().setEstimator(whole);
    assertFails(client.computeAsync(request.build()), Status.Code.RESOURCE_EXHAUSTED, message);
    request.clearConfig().getGroupsBuilder(3).getConfigBuilder().setEstimator(whole);
    assertFails(client.computeAsync(request.build()), Status.Code.RESOURCE_EXHAUSTED, message);
    server.info.info =
        server.info.info.toBuilder()
            .setDefaultConfig(AdvantageConfig.newBuilder().setEstimator(whole))
            .build();
    assertFails(client.computeAsync(groups(4)), Status.Code.RESOURCE_EXHAUSTED, message);
    assertThat(server.service.computed).isEmpty();
    assertThat(client.compute(groups(3)).getResultsCount()).isEqualTo(3);
  }

  @Test
  void compute_oneIdInTwoParts_isRefused() {
    ComputeAdvantagesRequest request =
        groups(4).toBuilder().addGroups(Answers.group("g0", "again")).build();

    assertFails(
        client.computeAsync(request),
        Status.Code.INVALID_ARGUMENT,
        "groups[4].group_id: \"g0\" twice (expected: distinct ids)");
  }

  @Test
  void compute_errorOfAGroup_namesTheCallersPosition() {
    server.service.distortion =
        answer -> {
          ComputeAdvantagesResponse.Builder failed = answer.toBuilder();
          if (answer.getResults(0).getGroupId().equals("g3")) {
            failed.getResultsBuilder(1).setError(bad("groups[1].rollouts[0].reward"));
          }
          return failed.build();
        };

    com.google.rpc.Status error = client.compute(groups(7)).getResults(4).getError();

    assertThat(error).isEqualTo(bad("groups[4].rollouts[0].reward"));
  }

  @Test
  void compute_failureOfAPart_namesTheCallersPosition() {
    server.service.answers =
        request -> {
          if (request.getGroups(0).getGroupId().equals("g3")) {
            Metadata trailers = new Metadata();
            trailers.put(StatusDetails.KEY, bad("groups[2].group_id").toByteArray());
            server.service.failures.add(Status.INVALID_ARGUMENT.asRuntimeException(trailers));
          }
          return Answers.to(request);
        };

    // One at a time, so that the failure is the second part's.
    ComputeCalls calls = new ComputeCalls(caller(), new ServerInfoCache(caller()), 1);
    assertFails(
        calls.compute(groups(7), Deadline.after(10, TimeUnit.SECONDS)),
        Status.Code.INVALID_ARGUMENT,
        "groups[5].group_id: bad");
  }

  @Test
  void embed_overTheLimit_isJoinedInOrder() {
    List<String> texts = IntStream.range(0, 11).mapToObj("x"::repeat).toList();

    EmbedTextsResponse answer =
        client.embed(EmbedTextsRequest.newBuilder().addAllTexts(texts).build());

    assertThat(server.service.embedded).hasSize(4);
    FloatBuffer rows =
        answer
            .getEmbeddingsF32Le()
            .asReadOnlyByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    for (int i = 0; i < 11; i++) {
      assertThat(rows.get(i * FakeService.DIMENSION)).isEqualTo(i);
      assertThat(answer.getTokens(i)).isEqualTo(i);
    }
    assertThat(rows.capacity()).isEqualTo(11 * FakeService.DIMENSION);
    assertThat(answer.getTruncatedTokensCount()).isEqualTo(11);
  }

  private UnaryCaller caller() {
    return new UnaryCaller(
        Channels.open(server.options().connections(1).build()),
        RetryRules.of(RetryPolicy.NONE),
        new DaemonTimer());
  }

  private static ComputeAdvantagesRequest groups(int n) {
    List<RolloutGroup> groups =
        IntStream.range(0, n).mapToObj(i -> Answers.group("g" + i, "text", "t" + i)).toList();
    return ComputeAdvantagesRequest.newBuilder().setRequestId("many").addAllGroups(groups).build();
  }

  private static com.google.rpc.Status bad(String field) {
    BadRequest fields =
        BadRequest.newBuilder()
            .addFieldViolations(
                BadRequest.FieldViolation.newBuilder().setField(field).setDescription("bad"))
            .build();
    return com.google.rpc.Status.newBuilder()
        .setCode(Code.INVALID_ARGUMENT.getNumber())
        .setMessage(field + ": bad")
        .addDetails(Any.pack(fields))
        .build();
  }
}
