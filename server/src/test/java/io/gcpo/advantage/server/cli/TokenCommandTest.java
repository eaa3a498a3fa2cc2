// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens as an operator makes them and a user of the tool shows them. */
@Timeout(60)
class TokenCommandTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("gcpo.examples.directory"), "gsm8k_groups.jsonl");

  @TempDir private Path folder;

  @Test
  void token_isRandomAndItsLineHoldsItsHash() {
    List<String> first = CommandRun.of("token", "team-a").out().lines().toList();
    List<String> second = CommandRun.of("token", "team-a").out().lines().toList();

    assertThat(first).hasSize(2);
    assertThat(first.get(0)).matches("gcpo_[A-Za-z0-9_-]{43}").isNotEqualTo(second.get(0));
    assertThat(first.get(1))
        .isEqualTo(
            "team-a:" + Hashing.sha256().hashString(first.get(0), StandardCharsets.US_ASCII));
  }

  @Test
  void token_nameThatCannotBe_isOneLine() {
    CommandRun run = CommandRun.of("token", "a b");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly("NAME: a b (expected: 1 to 64 letters, digits, '.', '_' or '-')");
  }

  @Test
  void score_withTheTokensFile_isAnswered_withAnotherNot() throws Exception {
    List<String> made = CommandRun.of("token", "team-a").out().lines().toList();
    try (TestServer server =
        TestServer.with(new FakeEmbedder(), Map.of("grpc.auth.tokens", made.get(1)))) {
      String target = "--target=localhost:" + server.port();
      Path right = Files.writeString(folder.resolve("right"), made.get(0) + "\n");
      Path wrong = Files.writeString(folder.resolve("wrong"), "gcpo_canary");

      CommandRun answered = score(target, "--token-file=" + right);
      assertThat(answered.exitCode()).as(answered.err()).isZero();

      CommandRun refused = score(target, "--token-file=" + wrong);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("UNAUTHENTICATED").doesNotContain("canary");
      assertThat(score(target).err()).contains("UNAUTHENTICATED");
    }
  }

  @Test
  void bench_withTheTokensFile_isAnswered() throws Exception {
    List<String> made = CommandRun.of("token", "team-a").out().lines().toList();
    try (TestServer server =
        TestServer.with(new FakeEmbedder(), Map.of("grpc.auth.tokens", made.get(1)))) {
      Path file = Files.writeString(folder.resolve("token"), made.get(0));
      String[] load = {
        "bench",
        "--target=localhost:" + server.port(),
        "--rate=10",
        "--length=5",
        "--warmup=0s",
        "--duration=500ms",
        "--token-file=" + file
      };

      assertThat(CommandRun.of(load).out()).contains("5 due, 5 answered");
      load[load.length - 1] = "--retries";
      assertThat(CommandRun.of(load).err()).contains("UNAUTHENTICATED");
    }
  }

  @Test
  void score_tokenFileThatCannotBeUsed_isOneLine() throws Exception {
    Path none = folder.resolve("none");
    Path two = Files.writeString(folder.resolve("two"), "canary one");

    assertThat(score("--target=localhost:1", "--token-file=" + none).err().lines())
        .containsExactly(
            "--token-file: %s cannot be read, NoSuchFileException (expected: a file that can)"
                .formatted(none));
    assertThat(score("--target=localhost:1", "--token-file=" + two).err().lines())
        .containsExactly(
            "--token-file: %s does not hold a token (expected: one line, printable ASCII without spaces)"
                .formatted(two));
  }

  @Test
  void score_tokenInPlainTextToAnotherMachine_onlyWhenToldSo() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "gcpo_canary");
    CommandRun refused = score("--target=192.0.2.1:1", "--token-file=" + file);

    assertThat(refused.err())
        .contains("token: *** in plain text to 192.0.2.1:1")
        .contains("allowInsecureToken")
        .doesNotContain("canary");
  }

  private CommandRun score(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("score", "--in=" + EXAMPLES, "--out=" + folder.resolve("out.jsonl")));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
