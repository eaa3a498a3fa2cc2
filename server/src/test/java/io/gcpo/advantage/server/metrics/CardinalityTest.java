// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.Groups;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.AdvantageServiceGrpc.AdvantageServiceBlockingStub;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers choose names, ids and texts; none of them may become a label. */
@Timeout(120)
class CardinalityTest {
  private static final String EVIL = "evilword";
  private static final Metadata.Key<String> PREVIOUS_ATTEMPTS =
      Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER);

  private final TestServer server =
      TestServer.real(Map.of("limits.max-rollouts-per-group", "4", "embedding.cache-bytes", "0"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void traffic_ofAnyKind_addsNoSeriesOnceEachOutcomeWasSeen() {
    for (int i = 0; i < 3; i++) {
      traffic(i);
    }
    Exposition before = scrape();
    for (int i = 3; i < 40; i++) {
      traffic(i);
    }
    Exposition after = scrape();

    assertThat(ours(after)).isEqualTo(ours(before));
    assertThat(after.sample("gcpo_open_connections")).isEqualTo(1);
  }

  @Test
  void traffic_ofAnyKind_leavesNoWordOfCallersAndOnlyDeclaredLabels() {
    for (int i = 0; i < 3; i++) {
      traffic(i);
    }
    Exposition exposition = scrape();

    assertThat(server.instance(PrometheusMeterRegistry.class).scrape().toLowerCase(Locale.ROOT))
        .doesNotContain(EVIL);
    assertThat(CatalogCheck.problems(exposition)).isEmpty();
    assertThat(exposition.sample("gcpo_over_limit_total{limit=\"rollouts\"}")).isEqualTo(3);
    assertThat(exposition.sample("gcpo_call_attempts_total{attempt=\"repeated\"}")).isEqualTo(3);
  }

  /** Calls of all kinds, with words of the caller wherever one can put any. */
  private void traffic(int number) {
    String word = EVIL + number;
    AdvantageServiceBlockingStub stub = AdvantageServiceGrpc.newBlockingStub(server.channel());
    RolloutGroup sound = sound(word);
    stub.computeAdvantages(request(sound).toBuilder().setRequestId(word).build());
    stub.embedTexts(EmbedTextsRequest.newBuilder().addTexts(word).setRequestId(word).build());
    Metadata headers = new Metadata();
    headers.put(PREVIOUS_ATTEMPTS, word);
    stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .computeAdvantages(request(sound));
    ComputeAdvantagesRequest tooMany =
        request(
            Groups.group(
                word,
                rollout(word, 1),
                rollout(word, 0),
                rollout(word, 0),
                rollout(word, 0),
                rollout(word, 0)));
    assertThat(stub.computeAdvantages(tooMany).getResults(0).hasError()).isTrue();
    assertThat(stub.computeAdvantages(request(sound, sound)).getResults(1).hasError()).isTrue();
    List<ThrowingCallable> refused = new ArrayList<>();
    refused.add(() -> stub.computeAdvantages(request(sound).toBuilder().setModel(word).build()));
    refused.add(
        () ->
            stub.computeAdvantages(
                request(sound).toBuilder().setExpectedModelFingerprint(word).build()));
    refused.add(
        () -> stub.computeAdvantages(request(sound).toBuilder().setRequestId(word + "\n").build()));
    refused.add(() -> stub.computeAdvantages(ComputeAdvantagesRequest.getDefaultInstance()));
    refused.add(
        () -> stub.submitRollouts(SubmitRolloutsRequest.newBuilder().addTexts(word).build()));
    refused.add(() -> call("gcpo.advantage.v1.AdvantageService/" + word));
    refused.add(() -> call(word + "/" + word));
    refused.forEach(call -> assertThatThrownBy(call).isInstanceOf(StatusRuntimeException.class));
  }

  private void call(String fullMethodName) {
    ClientCalls.blockingUnaryCall(
        server.channel(),
        AdvantageServiceGrpc.getComputeAdvantagesMethod().toBuilder()
            .setFullMethodName(fullMethodName)
            .build(),
        CallOptions.DEFAULT,
        request(sound("a")));
  }

  private Exposition scrape() {
    return Exposition.of(server.instance(PrometheusMeterRegistry.class));
  }

  /** Without what the garbage collector may add at any time. */
  private static List<String> ours(Exposition exposition) {
    return exposition.samples().keySet().stream().filter(name -> name.startsWith("gcpo_")).toList();
  }
}
