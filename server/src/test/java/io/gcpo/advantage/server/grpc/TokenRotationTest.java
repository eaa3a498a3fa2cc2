// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.auth.TokenHash;
import io.gcpo.advantage.server.bootstrap.StartupException;
import io.gcpo.advantage.server.reload.Reloader;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.CapturedLog;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file of tokens is replaced under a server; looking at it again is the test's. */
@Timeout(120)
class TokenRotationTest {
  private static final int ROUNDS = 50;

  @TempDir private static Path folder;
  private Path file;

  @BeforeEach
  void install() throws Exception {
    file = folder.resolve("tokens");
    replace(line("old"));
  }

  @Test
  void tokens_rotatedInAndOut_standingConnectionsToo() throws Exception {
    try (TestServer server = serve();
        AdvantageClient old = connect(server, "old");
        AdvantageClient fresh = connect(server, "new")) {
      assertAnswered(old);
      assertRefused(fresh);

      replaceAndLook(server, line("old") + "\n" + line("new"));
      assertAnswered(old);
      assertAnswered(fresh);

      replaceAndLook(server, line("new"));
      assertRefused(old);
      assertAnswered(fresh);
    }
  }

  @Test
  void file_thatCannotBeUsed_leavesTheTokensBefore() throws Exception {
    try (TestServer server = serve();
        CapturedLog log = CapturedLog.open();
        AdvantageClient old = connect(server, "old")) {
      for (String bad :
          new String[] {"", "# nobody", "trainer:canary", line("x") + "\n" + line("x")}) {
        replaceAndLook(server, bad);
        assertAnswered(old);
      }
      assertThat(server.instance(PrometheusMeterRegistry.class).scrape())
          .contains(
              "gcpo_credential_reloads_total{credential=\"tokens\",outcome=\"refused\"} 4.0",
              "gcpo_credential_stale{credential=\"tokens\"} 1.0");
      assertThat(log.lines())
          .contains(
              "WARN tokens: the files before stay in use; grpc.auth.tokens-file: %s has 0 tokens (expected: 1 to 1000)"
                  .formatted(file))
          .noneMatch(line -> line.contains("canary"));
    }
  }

  @Test
  void reload_underCalls_failsNoneOfAClientWhoseTokenStays() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (TestServer server = serve();
        AdvantageClient old = connect(server, "old")) {
      Future<?> calls =
          thread.submit(
              () -> {
                while (!done.get()) {
                  assertAnswered(old);
                  answered.incrementAndGet();
                }
              });
      for (int round = 0; round < ROUNDS; round++) {
        int before = answered.get();
        replaceAndLook(server, line("old") + "\n" + line("round" + round));
        Await.until(() -> answered.get() >= before + 2 || calls.isDone());
      }
      done.set(true);
      calls.get();
      assertThat(answered.get()).isGreaterThanOrEqualTo(2 * ROUNDS);
    } finally {
      done.set(true);
      thread.shutdown();
    }
  }

  @Test
  void start_fileThatCannotBeUsed_isRefused() throws Exception {
    replace(line("same") + "\nother:" + line("same").substring("trainer:".length()));
    assertNoStart("has the same token in lines 1 and 2 (expected: each token once)");
    Files.delete(file);
    assertNoStart("cannot be read, NoSuchFileException (expected: a file that can)");
  }

  private void assertNoStart(String problem) {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> serve().close())
        .withMessage("start of GrpcServer: grpc.auth.tokens-file: %s %s".formatted(file, problem));
  }

  private TestServer serve() {
    return TestServer.with(
        new FakeEmbedder(),
        Map.of("grpc.auth.tokens-file", file.toString(), "grpc.reload-interval", "1h"));
  }

  private static AdvantageClient connect(TestServer server, String token) {
    return AdvantageClient.connect(
        AdvantageClientOptions.builder("localhost:" + server.port()).token(token).build());
  }

  private static void assertAnswered(AdvantageClient client) {
    assertThat(client.info().hasBuild()).isTrue();
  }

  private static void assertRefused(AdvantageClient client) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(client::info)
        .satisfies(
            refused ->
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
  }

  private static String line(String token) {
    return TokenHash.of("trainer", token).line();
  }

  private void replaceAndLook(TestServer server, String content) throws Exception {
    replace(content);
    server.instance(Reloader.class).check();
  }

  private void replace(String content) throws Exception {
    Path fresh = Files.writeString(folder.resolve("fresh"), content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
