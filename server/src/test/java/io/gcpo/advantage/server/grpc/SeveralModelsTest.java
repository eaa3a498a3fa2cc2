// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Refusals.reason;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EngineInfo;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.ModelInfo;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamHeader;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import io.grpc.protobuf.StatusProto;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with the embedded model under two names, with windows of 256 and of 128 tokens. */
final class SeveralModelsTest {
  /** 202 tokens: one window of model a, two of model b. */
  private static final String LONG = "one sure step after another, ".repeat(33) + "end.";

  private static TestServer server;
  private static ModelIdentity a;
  private static ModelIdentity b;

  @BeforeAll
  static void start() {
    String directory = System.getProperty("gcpo.model.directory");
    server =
        TestServer.real(
            Map.of(
                "embedding.models", "a, b",
                "models.a.directory", directory,
                "models.a.max-input-tokens", "256",
                "models.b.directory", directory,
                "models.b.max-input-tokens", "128"));
    List<ModelInfo> models = server.client().info().getModelsList();
    a = models.get(0).getModel();
    b = models.get(1).getModel();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void info_listsBothInTheConfiguredOrder() {
    GetServerInfoResponse info = server.client().info();

    assertThat(info.getModelsList())
        .extracting(model -> model.getModel().getName())
        .containsExactly("a", "b");
    assertThat(info.getModelsList())
        .extracting(model -> model.getModel().getMaxInputTokens())
        .containsExactly(256, 128);
    assertThat(a.getFingerprint()).isNotEqualTo(b.getFingerprint());
    assertThat(info.getModel()).isEqualTo(a);
    assertThat(info.getModelsList())
        .extracting(ModelInfo::getEngine)
        .allSatisfy(
            engine -> {
              assertThat(engine.getName()).isEqualTo("onnxruntime");
              assertThat(engine.getVersion()).isNotEmpty();
              assertThat(engine.getDevice()).isEqualTo("cpu");
              assertThat(engine.getReason()).isNotEmpty();
            })
        .extracting(EngineInfo::getDeterministic)
        .containsOnly(true);
  }

  @ParameterizedTest
  @EnumSource
  void answer_namesTheModelAskedFor(ModelCall call) {
    assertThat(call.call(server, "", "").join()).isEqualTo(a);
    assertThat(call.call(server, "a", a.getFingerprint()).join()).isEqualTo(a);
    assertThat(call.call(server, "b", b.getFingerprint()).join()).isEqualTo(b);
  }

  @ParameterizedTest
  @EnumSource
  void unknownModel_isNotFoundAndTheOthersAreNamed(ModelCall call) {
    Status status = failureOf(call.call(server, "A", ""));

    assertThat(status.getCode()).isEqualTo(Code.NOT_FOUND.getNumber());
    assertThat(reason(status)).isEqualTo("MODEL_NOT_FOUND");
    assertThat(status.getMessage()).isEqualTo("model: not here (expected: a or b)");
  }

  @ParameterizedTest
  @EnumSource
  void fingerprintOfTheOtherModel_isRefused(ModelCall call) {
    for (Status status :
        List.of(
            failureOf(call.call(server, "a", b.getFingerprint())),
            failureOf(call.call(server, "", b.getFingerprint())))) {
      assertThat(status.getCode()).isEqualTo(Code.FAILED_PRECONDITION.getNumber());
      assertThat(reason(status)).isEqualTo("MODEL_FINGERPRINT_MISMATCH");
      assertThat(status.getMessage()).contains(a.getFingerprint());
    }
  }

  @Test
  void longText_isEmbeddedByTheModelAskedFor() {
    assertThat(embedding("a", LONG)).isEqualTo(embedding("", LONG));
    assertThat(embedding("b", LONG)).isNotEqualTo(embedding("a", LONG));
    assertThat(embedding("b", "right")).isEqualTo(embedding("a", "right"));
  }

  @Test
  void advantages_areThoseOfTheModelAskedForInEveryCall() {
    RolloutGroup group = group("long", rollout(LONG, 1), rollout("right", 1), rollout("no", 0));
    ComputeAdvantagesResponse underA = compute("a", group);
    ComputeAdvantagesResponse underB = compute("b", group);

    assertThat(teamValue(underA)).isNotEqualTo(teamValue(underB));
    assertThat(compute("", group).getResultsList()).isEqualTo(underA.getResultsList());
    StreamHeader header = StreamHeader.newBuilder().setModel("b").build();
    assertThat(ModelCall.stream(server, header, group).join().getResult())
        .isEqualTo(underB.getResults(0));
    submit("b", LONG, "right", "no");
    ComputeAdvantagesRequest request = request(group).toBuilder().setModel("b").build();
    assertThat(server.client().computePrefetched(request).join().getResultsList())
        .isEqualTo(underB.getResultsList());
  }

  @Test
  void textSubmittedUnderOneModel_isNotKnownUnderTheOther() {
    List<ByteString> hashes =
        submit("a", "submitted under a alone, first", "and second").getContentSha256List();
    RolloutGroup hashed = group("hashed", hashed(hashes.get(0), 1), hashed(hashes.get(1), 0));

    Status error = compute("b", hashed).getResults(0).getError();

    assertThat(reason(error)).isEqualTo("CONTENT_NOT_FOUND");
    assertThat(compute("a", hashed).getResults(0).hasAdvantages()).isTrue();
    assertThat(compute("", hashed).getResults(0).hasAdvantages()).isTrue();
  }

  @Test
  void gauges_areThereForBoth() {
    String scrape = server.instance(PrometheusMeterRegistry.class).scrape();

    for (String gauge :
        List.of("gcpo_queue_depth_sequences", "gcpo_queue_tokens", "gcpo_batch_token_budget")) {
      assertThat(scrape).contains(gauge + "{model=\"a\"} ").contains(gauge + "{model=\"b\"} ");
    }
  }

  private static ByteString embedding(String model, String text) {
    return server
        .client()
        .embed(EmbedTextsRequest.newBuilder().addTexts(text).setModel(model).build())
        .getEmbeddingsF32Le();
  }

  private static ComputeAdvantagesResponse compute(String model, RolloutGroup group) {
    return server.client().compute(request(group).toBuilder().setModel(model).build());
  }

  private static double teamValue(ComputeAdvantagesResponse answer) {
    return answer.getResults(0).getAdvantages().getTeamValue();
  }

  private static SubmitRolloutsResponse submit(String model, String... texts) {
    return server
        .client()
        .submit(
            SubmitRolloutsRequest.newBuilder().addAllTexts(List.of(texts)).setModel(model).build())
        .join();
  }

  private static Rollout hashed(ByteString sha256, double reward) {
    return Rollout.newBuilder().setContentSha256(sha256).setReward(reward).build();
  }

  private static Status failureOf(CompletableFuture<?> call) {
    Throwable failure = call.handle((answer, thrown) -> thrown).join();
    assertThat(failure).isNotNull();
    return StatusProto.fromThrowable(
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure);
  }
}
