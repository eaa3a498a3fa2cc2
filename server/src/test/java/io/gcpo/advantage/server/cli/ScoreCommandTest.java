// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
  private static final Path EXAMPLES = Examples.file("gsm8k_groups.jsonl");

  @TempDir private Path folder;

  @Test
  void groups_areScoredInOrderWithSnakeCaseNamesAndZeros() throws IOException {
    CommandRun run = score(EXAMPLES, "--estimator=gcpo_cooperative");

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<JsonObject> results = results();
    assertThat(results)
        .extracting(result -> result.get("group_id").getAsString())
        .containsExactly(
            "gsm8k-test-0001",
            "gsm8k-test-0028",
            "gsm8k-test-0034",
            "gsm8k-test-0056",
            "gsm8k-test-0000",
            "gsm8k-test-0002");
    JsonObject wrong = rollouts(results.get(0)).get(2).getAsJsonObject();
    assertThat(wrong.get("credit").getAsDouble()).isEqualTo(0.0);
    assertThat(wrong.get("scaled_credit").getAsDouble()).isEqualTo(0.0);
    assertThat(wrong.get("tokens").getAsInt()).isGreaterThan(50);
    assertThat(wrong.get("truncated_tokens").getAsInt()).isZero();
    assertThat(results.get(0).getAsJsonObject("advantages").get("team_value").getAsDouble())
        .isPositive();
  }

  @Test
  void kernel_isSetWithItsTemperature() throws IOException {
    CommandRun run = score(EXAMPLES, "--set=kernel=math", "--set=kernel_temperature=0.2");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject advantages = results().get(0).getAsJsonObject("advantages");
    assertThat(advantages.getAsJsonObject("config").get("kernel").getAsString())
        .isEqualTo("KERNEL_MATH");
    assertThat(advantages.getAsJsonObject("kernel").get("temperature").getAsDouble())
        .isEqualTo(0.2);
  }

  @Test
  void settings_reachTheEstimatorInAnyCase() throws IOException {
    score(
        EXAMPLES,
        "--estimator=GCPO_Cooperative",
        "--set=kernel=embedding_cosine",
        "--set=normalization=Centered",
        "--set=alpha=1");

    JsonArray rollouts = rollouts(results().get(0));
    double mean = 0;
    for (int i = 0; i < rollouts.size(); i++) {
      mean += rollouts.get(i).getAsJsonObject().get("scaled_credit").getAsDouble() / 4;
    }
    JsonObject first = rollouts.get(0).getAsJsonObject();
    assertThat(first.get("advantage").getAsDouble())
        .isCloseTo(first.get("scaled_credit").getAsDouble() - mean, within(1e-12));
  }

  @Test
  void metrics_areTheOnesAskedFor() throws IOException {
    CommandRun run = score(EXAMPLES, "--metric=self_bleu,Unique-Text-Ratio", "--pass-at-k=1,2");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject diversity =
        results().get(0).getAsJsonObject("advantages").getAsJsonObject("diversity");
    assertThat(diversity.getAsJsonObject("all").keySet())
        .containsExactly("count", "self_bleu", "unique_text_ratio");
    assertThat(diversity.getAsJsonArray("pass_at_k")).hasSize(2);
    assertThat(score(EXAMPLES, "--metric=bleu").err())
        .contains("--metric: bleu (expected: one of vendi_score, pairwise_distance,");
  }

  @Test
  void groupsPerRequest_isTheBatchOfEstimatorsThatHaveOne() throws IOException {
    score(EXAMPLES, "--estimator=gpg", "--groups-per-request=4");

    assertThat(results())
        .extracting(result -> result.getAsJsonObject("advantages").get("batch_groups").getAsInt())
        .containsExactly(4, 4, 4, 4, 2, 2);
    assertThat(score(EXAMPLES, "--groups-per-request=-1").err())
        .contains("--groups-per-request: -1 (expected: >= 1)");
  }

  @Test
  void model_isTheOneAskedFor() throws IOException {
    assertThat(scoreByModels("--set=truncation_policy=keep_head").exitCode()).isZero();
    long cutByFirst = truncatedTokens();
    assertThat(scoreByModels("--set=truncation_policy=keep_head", "--model=b").exitCode()).isZero();
    long cutBySecond = truncatedTokens();
    CommandRun none = scoreByModels("--model=c");

    assertThat(cutByFirst).isLessThan(cutBySecond);
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("lines 1 to 6: NOT_FOUND: model: not here (expected: a or b)");
    assertThat(results()).hasSize(6).allSatisfy(result -> assertThat(result.has("error")).isTrue());
  }

  @Test
  void target_givesTheSameNumbersAsThisProcess() throws IOException {
    try (TestServer server = TestServer.real()) {
      score(EXAMPLES);
      List<JsonObject> here = results();
      CommandRun run = score(EXAMPLES, "--target=127.0.0.1:" + server.port());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(results()).isEqualTo(here);
    }
  }

  @Test
  void brokenLines_areReportedByNumberAndLoseNoOthers() throws IOException {
    List<String> sound = Files.readAllLines(EXAMPLES);
    Path in =
        Files.write(
            folder.resolve("in.jsonl"),
            List.of(
                sound.get(0),
                "{not json",
                "",
                sound.get(1),
                "{\"group_id\": \"x\", \"colour\": 1}",
                sound.get(0),
                "{\"group_id\": \"nan\", \"rollouts\": [{\"text\": \"t\", \"reward\": \"NaN\"}]}"));

    CommandRun run = score(in);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("line 2: not a RolloutGroup")
        .contains("line 5: not a RolloutGroup")
        .contains("line 6: group_id: gsm8k-test-0001 (expected: unique, but line 1 has it)")
        .contains("line 7: groups[2].rollouts[0].reward: NaN (expected: finite)")
        .contains("2 groups scored, 4 failed");
    assertThat(results())
        .extracting(result -> result.has("advantages"))
        .containsExactly(true, false, true, false, false, false);
  }

  @Test
  void unknownSetting_isRefusedWithTheOnesThereAre() {
    CommandRun run = score(EXAMPLES, "--set=beta=1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("beta: not a field of AdvantageConfig (expected: one of");
  }

  @Test
  void missingFile_isOneLine() {
    CommandRun run = score(folder.resolve("none.jsonl"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("none.jsonl: no such file").doesNotContain("at io.gcpo");
  }

  @Test
  void missingModel_isOneLine() {
    CommandRun run =
        CommandRun.of(
            "score",
            "--in=" + EXAMPLES,
            "--out=" + folder.resolve("out.jsonl"),
            "--property=embedding.model-directory=" + folder.resolve("none"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "start of the object graph: "
                + folder.resolve("none")
                + ": missing (expected: directory of a model)");
  }

  @Test
  void serverThatIsNotThere_isReportedOnceARequestAndForEachGroup() throws IOException {
    CommandRun run = score(EXAMPLES, "--target=127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines().findFirst().orElseThrow())
        .startsWith("lines 1 to 6: UNAVAILABLE: ")
        .contains("Connection refused");
    assertThat(results()).hasSize(6).allSatisfy(result -> assertThat(result.has("error")).isTrue());
  }

  @Test
  void wrongConfiguration_isReportedAsAWhole() {
    CommandRun run =
        score(EXAMPLES, "--property=grpc.prot=1", "--property=limits.max-text-bytes=0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("grpc.prot: unknown (did you mean grpc.port?)")
        .contains("limits.max-text-bytes: 0 (expected: 1 to 8388608)");
  }

  private CommandRun score(Path in, String... more) {
    return CommandRun.withModel(arguments(in, more));
  }

  private CommandRun scoreByModels(String... more) {
    return CommandRun.withModels(arguments(EXAMPLES, more));
  }

  private String[] arguments(Path in, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("score", "--in=" + in, "--out=" + folder.resolve("out.jsonl")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private long truncatedTokens() throws IOException {
    long tokens = 0;
    for (JsonObject result : results()) {
      for (JsonElement rollout : rollouts(result)) {
        tokens += rollout.getAsJsonObject().get("truncated_tokens").getAsLong();
      }
    }
    return tokens;
  }

  private List<JsonObject> results() throws IOException {
    return Files.readAllLines(folder.resolve("out.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private static JsonArray rollouts(JsonObject result) {
    return result.getAsJsonObject("advantages").getAsJsonArray("rollouts");
  }
}
