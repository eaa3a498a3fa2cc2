// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.client.RetryPolicy;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.faults.load.Judge;
import io.gcpo.advantage.server.faults.load.Load;
import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.server.faults.load.Questions;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
import io.gcpo.advantage.server.reload.Reloader;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.Handshake;
import io.gcpo.advantage.server.testing.TestCertificate;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are replaced in every way under calls of which none is tried twice. */
class RotationUnderLoadTest {
  private static final List<Rotation> WAYS = List.of(Rotation.values());
  private static final int ROTATIONS = Scale.of(WAYS.size(), 102);
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final int ANSWERS_BEFORE = 3;
  private static final int CALLERS = 3;

  @TempDir private Path folder;

  @Test
  void rotations_failNoCallAndShowWhatIsNew() throws Exception {
    TestCertificate first = TestCertificate.make(folder.resolve("1"), "first", "localhost", "EC");
    TestCertificate second =
        TestCertificate.make(folder.resolve("2"), "second", "localhost", "RSA");
    Path roots =
        Files.writeString(folder.resolve("roots.crt"), pem(first).chain() + pem(second).chain());
    MountedSecret secret =
        new MountedSecret(folder.resolve("mount"), pem(first).chain(), pem(first).key());
    FaultReport report = new FaultReport("certificate-rotations");
    int refused = 0;
    Judge judge = new Judge(report, DEADLINE, failure -> false);
    try (TestServer server = serve(secret);
        AdvantageClient kept = connect(server, roots)) {
      List<Question> questions = Questions.answered(kept, Questions.embeddings(2, 16));
      try (Load load =
          Load.start(
              questions,
              judge,
              PAUSE,
              List.of(
                  kept::computeAsync,
                  kept::computeAsync,
                  request -> onNewConnection(server, roots, request)))) {
        for (int i = 0; i < ROTATIONS; i++) {
          long before = load.answered();
          load.awaitAnswers(ANSWERS_BEFORE);
          report.requireLoad(load.answered() - before, CALLERS * ANSWERS_BEFORE);
          report.fault();
          TestCertificate old = i % 2 == 0 ? first : second;
          TestCertificate fresh = i % 2 == 0 ? second : first;
          Rotation way = WAYS.get(i % WAYS.size());
          for (Rotation.Step step : way.steps(pem(old), pem(fresh))) {
            step.take(secret);
            refused++;
            assertShown(server, old);
          }
          secret.switchTo(pem(fresh).chain(), pem(fresh).key());
          assertShown(server, fresh);
        }
        load.awaitAnswers(ANSWERS_BEFORE);
      }
      assertThat(reloads(server, "taken")).isEqualTo(ROTATIONS);
      assertThat(reloads(server, "refused")).isEqualTo(refused);
    }
    report.figure("reasons", judge.reasons());
    report.finish();
  }

  private static void assertShown(TestServer server, TestCertificate expected) throws Exception {
    server.instance(Reloader.class).check();
    assertThat(Handshake.with(server.port(), expected, "TLSv1.3").certificate().getSerialNumber())
        .isEqualTo(expected.parsed().getSerialNumber());
  }

  private static double reloads(TestServer server, String outcome) {
    return server
        .instance(MeterRegistry.class)
        .get("gcpo_credential_reloads_total")
        .tags("credential", "identity", "outcome", outcome)
        .counter()
        .count();
  }

  private static CompletableFuture<ComputeAdvantagesResponse> onNewConnection(
      TestServer server, Path roots, ComputeAdvantagesRequest request) {
    AdvantageClient client = connect(server, roots);
    return client
        .computeAsync(request)
        // Not on the client's own thread, which close waits for.
        .whenCompleteAsync((answer, failure) -> client.close());
  }

  private static TestServer serve(MountedSecret secret) {
    return TestServer.with(
        new FakeEmbedder(),
        Map.of(
            "grpc.tls.certificate-chain", secret.chain().toString(),
            "grpc.tls.private-key", secret.key().toString(),
            // Looking at the files again is the test's.
            "grpc.reload-interval", "1h"));
  }

  private static AdvantageClient connect(TestServer server, Path roots) {
    return AdvantageClient.connect(
        AdvantageClientOptions.builder("localhost:" + server.port())
            .trustRoots(roots)
            .connections(1)
            .retryPolicy(RetryPolicy.NONE)
            .deadline(DEADLINE)
            .build());
  }

  private static Rotation.Pem pem(TestCertificate certificate) throws IOException {
    return new Rotation.Pem(
        Files.readString(certificate.certificate()), Files.readString(certificate.key()));
  }
}
