// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.auth.TokenHash;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} against a server with mutual TLS that asks for tokens. */
@Timeout(120)
class BenchTargetTest {
  private static final String TOKEN = "gcpo_canary-of-the-bench";

  @TempDir private static Path folder;
  private static TestCertificate localhost;
  private static TestCertificate client;
  private static Path token;

  @BeforeAll
  static void makeSecrets() throws Exception {
    localhost = TestCertificate.make(folder, "localhost", "EC");
    client = TestCertificate.make(folder, "client.example", "EC");
    token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
  }

  @Test
  void certificateAndToken_everyCallIsAnsweredAndTheTokenNotShown() throws Exception {
    try (TestServer server = serve()) {
      Path out = folder.resolve("result.json");
      List<String> options = new ArrayList<>(tls());
      options.add("--token-file=" + token);
      options.add("--out=" + out);
      CommandRun run = bench("localhost:" + server.port(), options);

      // Not the exit status, which is 1 where the machine had no time for the driver.
      assertThat(run.out()).as(run.err()).contains("10 due, 10 answered");
      assertThat(run.out() + run.err() + Files.readString(out)).doesNotContain("canary");
    }
  }

  @Test
  void noTokenOrNoCertificate_isRefusedBeforeAnyLoad() {
    try (TestServer server = serve()) {
      String target = "localhost:" + server.port();
      assertThat(refusal(target, tls())).startsWith("UNAUTHENTICATED: ");
      assertThat(
              refusal(
                  target,
                  List.of("--tls-roots=" + localhost.certificate(), "--token-file=" + token)))
          .startsWith("UNAVAILABLE: ");
    }
  }

  @Test
  void token_wouldTravelInPlainText_isRefusedAndNotShown() {
    assertThat(refusal("service.invalid:1", List.of("--token-file=" + token)))
        .contains("*** in plain text to service.invalid:1 (expected: TLS")
        .doesNotContain("canary");
  }

  private static List<String> tls() {
    return List.of(
        "--tls-roots=" + localhost.certificate(),
        "--tls-certificate=" + client.certificate(),
        "--tls-key=" + client.key());
  }

  private static TestServer serve() {
    return TestServer.with(
        new FakeEmbedder(),
        Map.of(
            "grpc.tls.certificate-chain", localhost.certificate().toString(),
            "grpc.tls.private-key", localhost.key().toString(),
            "grpc.tls.client-ca", client.certificate().toString(),
            "grpc.auth.tokens", TokenHash.of("trainer", TOKEN).line()));
  }

  private static String refusal(String target, List<String> options) {
    CommandRun run = bench(target, options);
    assertThat(run.exitCode()).isEqualTo(1);
    return run.err().strip();
  }

  private static CommandRun bench(String target, List<String> options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "bench",
                "--target=" + target,
                "--rate=20",
                "--rollouts=2",
                "--length=5",
                "--warmup=0s",
                "--duration=500ms",
                "--deadline=5s"));
    all.addAll(options);
    return CommandRun.of(all.toArray(String[]::new));
  }
}
