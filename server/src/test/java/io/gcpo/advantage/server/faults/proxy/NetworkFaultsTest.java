// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.proxy;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.faults.load.Judge;
import io.gcpo.advantage.server.faults.load.Load;
import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.server.faults.load.Questions;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Every fault in either direction at four places of a call: each call has its right answer or a
 * status that says what the network did, and is over by its deadline.
 */
class NetworkFaultsTest {
  private static final int ROUNDS = Scale.of(1, 10);
  private static final Duration DEADLINE = Duration.ofSeconds(Scale.of(2, 5));

  /** What a network does to a caller, and nothing that says the server is wrong. */
  private static final Set<Status.Code> OF_THE_NETWORK =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

  /** Bytes from the client, of half a million: in the headers, in the body, and after all of it. */
  private static final List<Long> OF_THE_REQUEST = List.of(100L, 100_000L, 500_000L);

  /** Bytes to the client: in its greeting, while it waits, and within the answer. */
  private static final List<Long> OF_THE_ANSWER = List.of(20L, 200L, 10_000L);

  private static final int SIDE_BY_SIDE = 8;

  private final FaultReport report = new FaultReport("network");

  @Test
  void everyFault_atEveryPlace_givesTheRightAnswerOrATypedError() throws Exception {
    Judge judge =
        new Judge(
            report,
            DEADLINE,
            failure -> OF_THE_NETWORK.contains(Status.fromThrowable(failure).getCode()));
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      List<Question> questions =
          Questions.answered(
              server.client(), Questions.embeddings(40, 384), Questions.embeddings(1, 16));
      List<Callable<Object>> strikes = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (NetworkFault fault : NetworkFault.values()) {
          for (long place : OF_THE_REQUEST) {
            strikes.add(() -> strike(server, fault.at(place), Toxic.none(), questions, judge));
          }
          for (long place : OF_THE_ANSWER) {
            strikes.add(() -> strike(server, Toxic.none(), fault.at(place), questions, judge));
          }
        }
      }
      ExecutorService strikers = Executors.newFixedThreadPool(SIDE_BY_SIDE);
      try {
        for (Future<Object> strike : strikers.invokeAll(strikes)) {
          strike.get();
        }
      } finally {
        strikers.shutdownNow();
      }
      long before = report.answeredSoFar();
      strike(server, Toxic.none(), Toxic.none(), questions, judge);
      report.requireLoad(report.answeredSoFar() - before, 2L * questions.size());
    }
    report.figure("other ends", judge.reasons());
    report.finish();
  }

  private Object strike(
      TestServer server,
      Toxic.Kind fromClient,
      Toxic.Kind toClient,
      List<Question> questions,
      Judge judge)
      throws Exception {
    try (FaultProxy proxy = new FaultProxy(server.port())) {
      proxy.set(fromClient, toClient);
      report.fault();
      String target = "127.0.0.1:" + proxy.port();
      ManagedChannel channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
      try (AdvantageClient client =
          AdvantageClient.connect(
              AdvantageClientOptions.builder(target).deadline(DEADLINE).build())) {
        List<Load.Asking> ways = List.of(client::computeAsync, request -> stub(channel, request));
        for (Load.Asking way : ways) {
          List<CompletableFuture<ComputeAdvantagesResponse>> calls =
              questions.stream().map(question -> way.apply(question.request())).toList();
          for (int i = 0; i < calls.size(); i++) {
            judge.judge(questions.get(i), calls.get(i));
          }
        }
      } finally {
        channel.shutdownNow();
      }
    }
    return fromClient;
  }

  private static CompletableFuture<ComputeAdvantagesResponse> stub(
      ManagedChannel channel, ComputeAdvantagesRequest request) {
    CompletableFuture<ComputeAdvantagesResponse> answer = new CompletableFuture<>();
    AdvantageServiceGrpc.newStub(channel)
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .computeAdvantages(request, new Answer(answer));
    return answer;
  }
}
