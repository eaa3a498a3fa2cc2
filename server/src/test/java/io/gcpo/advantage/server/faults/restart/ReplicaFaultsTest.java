// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.restart;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.faults.load.Judge;
import io.gcpo.advantage.server.faults.load.Load;
import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.server.faults.load.Questions;
import io.gcpo.advantage.server.faults.load.StreamAsking;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
import io.grpc.NameResolverRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three servers behind one client, of which one after the other goes away and comes back. */
class ReplicaFaultsTest {
  private static final int REPLICAS = 3;
  private static final int CALLERS = 3;
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Of each caller, before each fault. */
  private static final int ANSWERS_BEFORE = 5;

  /** As long as nobody answers, shorter than the deadline. */
  private static final Duration FROZEN = Duration.ofSeconds(3);

  @TempDir private static Path folder;
  private static final List<Replica> replicas = new ArrayList<>();
  private static ReplicasResolver resolver;
  private static List<Question> questions;

  @BeforeAll
  static void start() throws Exception {
    try (TestServer sound = TestServer.real()) {
      questions =
          Questions.answered(
              sound.client(),
              Questions.embeddings(8, 32),
              Questions.texts(2, 4),
              Questions.embeddings(16, 384),
              // Larger than what gRPC's own retries keep, 1 MiB.
              Questions.embeddings(64, 768));
    }
    for (int i = 0; i < REPLICAS; i++) {
      replicas.add(new Replica(folder.resolve("replica-" + i)));
    }
    resolver = new ReplicasResolver(replicas.stream().map(Replica::port).toList());
    NameResolverRegistry.getDefaultRegistry().register(resolver);
  }

  @AfterAll
  static void stop() {
    NameResolverRegistry.getDefaultRegistry().deregister(resolver);
    replicas.forEach(Replica::close);
  }

  @Test
  void rollingRestarts_loseNothing() throws Exception {
    run("rolling-restarts", Scale.of(REPLICAS, 102), Replica::restart);
  }

  @Test
  void kills_loseNothing() throws Exception {
    run("kills", Scale.of(REPLICAS, 102), Replica::kill);
  }

  @Test
  void frozenProcesses_loseNothing() throws Exception {
    run(
        "frozen",
        Scale.of(1, 12),
        replica -> {
          replica.freeze();
          LockSupport.parkNanos(FROZEN.toNanos());
          replica.thaw();
        });
  }

  private static void run(String suite, int faults, Fault fault) throws Exception {
    FaultReport report = new FaultReport(suite);
    Judge judge = new Judge(report, DEADLINE, failure -> false);
    long least = Long.MAX_VALUE;
    try (AdvantageClient client = connect()) {
      try (Load load =
          Load.start(
              questions,
              judge,
              PAUSE,
              List.of(client::computeAsync, client::computeAsync, new StreamAsking(client)))) {
        for (int i = 0; i < faults; i++) {
          long before = load.answered();
          load.awaitAnswers(ANSWERS_BEFORE);
          least = Math.min(least, load.answered() - before);
          report.fault();
          fault.strike(replicas.get(i % REPLICAS));
        }
        load.awaitAnswers(ANSWERS_BEFORE);
      }
    }
    report.figure("answers before a fault, at least", least);
    report.figure("reasons", judge.reasons());
    report.requireLoad(least, CALLERS * ANSWERS_BEFORE);
    report.finish();
  }

  private static AdvantageClient connect() {
    return AdvantageClient.connect(
        AdvantageClientOptions.builder(ReplicasResolver.TARGET).deadline(DEADLINE).build());
  }

  private interface Fault {
    void strike(Replica replica) throws Exception;
  }
}
