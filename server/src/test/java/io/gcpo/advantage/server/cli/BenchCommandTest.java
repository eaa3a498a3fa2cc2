// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Short runs against a real server on loopback. */
@Timeout(120)
class BenchCommandTest {
  @TempDir private Path folder;

  @Test
  void rate_isMeasuredAndWrittenInEveryForm() throws Exception {
    CommandRun run;
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      run =
          bench(
              server,
              "--rate=20",
              "--rollouts=3",
              "--length=uniform:5-20",
              "--warmup=200ms",
              "--duration=1s",
              "--plot=" + folder.resolve("plot.svg"),
              "--hdr=" + folder.resolve("times.hgrm"));
    }

    JsonObject measured = onlyRun();
    JsonObject calls = measured.getAsJsonObject("calls");
    assertThat(calls.get("due").getAsInt()).isEqualTo(20);
    assertThat(calls.get("answered").getAsInt()).as(run.out() + run.err()).isEqualTo(20);
    assertThat(measured.getAsJsonObject("driver").get("attempts").getAsInt()).isEqualTo(24);
    assertThat(measured.getAsJsonObject("achieved").get("rollouts_per_second").getAsDouble())
        .isBetween(1.0, 60.1);
    JsonObject response = measured.getAsJsonObject("latency_ms").getAsJsonObject("response");
    assertThat(response.get("count").getAsInt()).isEqualTo(20);
    assertThat(response.get("p50").getAsDouble())
        .isPositive()
        .isLessThanOrEqualTo(response.get("max").getAsDouble());
    assertThat(measured.getAsJsonArray("failures")).isEmpty();
    assertThat(run.out()).contains("20 due, 20 answered", "fake by fake on cpu", "response");
    assertThat(elements("plot.svg", "polyline")).isGreaterThanOrEqualTo(4);
    assertThat(folder.resolve("times.hgrm")).content().contains("Total count    =           20");
  }

  @Test
  void out_standardOutput_holdsTheDocumentAlone() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    CommandRun run;
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      run =
          CommandRun.of(
              "bench",
              "--target=127.0.0.1:" + server.port(),
              "--rate=20",
              "--length=5",
              "--warmup=0s",
              "--duration=200ms",
              "--out=-");
    } finally {
      System.setOut(before);
    }

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("4 due, 4 answered");
    assertThat(
            JsonParser.parseString(printed.toString(StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonArray("runs"))
        .hasSize(1);
  }

  @Test
  void sweep_hasARowForEachRate() throws Exception {
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      CommandRun run =
          bench(
              server,
              "--sweep=5,10",
              "--poisson",
              "--seed=3",
              "--length=5",
              "--warmup=0s",
              "--duration=1s",
              "--set=kernel=math",
              "--plot=" + folder.resolve("plot.svg"));

      assertThat(document().getAsJsonArray("runs")).as(run.err()).hasSize(2);
      assertThat(run.out().lines().filter(line -> line.matches(" +(5|10)\\.00 .*"))).hasSize(2);
      assertThat(run.out()).contains("knee      ");
      assertThat(elements("plot.svg", "circle")).isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void steps_submittedAhead_areComputedByTheirHashes() throws Exception {
    try (TestServer server = TestServer.real(Map.of())) {
      CommandRun run =
          bench(
              server,
              "--step-every=1s",
              "--groups=4",
              "--groups-per-call=2",
              "--rollouts=2",
              "--length=5",
              "--texts=submitted",
              "--warmup=0s",
              "--duration=2100ms");

      JsonObject measured = onlyRun();
      assertThat(measured.getAsJsonObject("submissions").get("answered").getAsInt())
          .as(run.out() + run.err())
          .isEqualTo(5);
      assertThat(measured.getAsJsonObject("calls").get("answered").getAsInt()).isEqualTo(4);
      assertThat(measured.getAsJsonObject("latency_ms").getAsJsonObject("step").get("count"))
          .hasToString("2");
      // A group of which a text was not known would have been sent twice.
      assertThat(measured.getAsJsonObject("driver").get("attempts").getAsInt()).isEqualTo(4);
    }
  }

  @Test
  void server_thatIsStuck_isSeenAsFailuresByCode() throws Exception {
    FakeEmbedder embedder = new FakeEmbedder();
    try (TestServer server = TestServer.with(embedder, Map.of())) {
      embedder.holdAnswers();
      CommandRun run =
          bench(server, "--rate=10", "--warmup=0s", "--duration=500ms", "--deadline=300ms");

      JsonObject measured = onlyRun();
      assertThat(measured.getAsJsonObject("calls").get("failed").getAsInt()).isEqualTo(5);
      assertThat(run.out()).contains("call  5 x DEADLINE_EXCEEDED");
      assertThat(measured.get("kept_up").getAsBoolean()).isFalse();
    }
  }

  @Test
  void refusals_areCountedByReason() {
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      assertThat(
              bench(server, "--rate=10", "--warmup=0s", "--duration=500ms", "--model=other").out())
          .contains("call  5 x NOT_FOUND MODEL_NOT_FOUND: ");
      assertThat(
              bench(server, "--rate=10", "--warmup=0s", "--duration=500ms", "--set=alpha=-1").out())
          .contains("5 x INVALID_ARGUMENT ");
    }
  }

  @Test
  void fileOfGroups_isUsed() throws Exception {
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      CommandRun run =
          bench(
              server,
              "--in=" + Examples.file("gsm8k_groups.jsonl"),
              "--step-every=500ms",
              "--texts=repeated",
              "--warmup=0s",
              "--duration=600ms");

      JsonObject measured = onlyRun();
      assertThat(measured.get("calls_per_step").getAsInt()).as(run.err()).isOne();
      assertThat(measured.getAsJsonObject("calls").get("answered").getAsInt()).isEqualTo(2);
    }
  }

  @Test
  void options_thatMakeNoLoad_areRefusedInOneLine() {
    assertThat(refusal("--rate=0")).isEqualTo("--rate: 0.0 (expected: > 0)");
    assertThat(refusal("--rate=1", "--length=x")).startsWith("--length: x (expected: ");
    assertThat(refusal("--rate=1", "--texts=submitted"))
        .isEqualTo("--texts: submitted (expected: with --step-every)");
    assertThat(refusal("--rate=1", "--groups=3"))
        .isEqualTo("--groups: set (expected: with --step-every)");
    assertThat(refusal("--step-every=1s", "--poisson"))
        .isEqualTo("--poisson: set (expected: --rate or --sweep with it)");
    assertThat(refusal("--rate=1", "--connections=0"))
        .isEqualTo("--connections: 0 (expected: in [1, 64])");
    assertThat(refusal("--rate=1")).startsWith("UNAVAILABLE");
    CommandRun endless =
        CommandRun.of("bench", "--target=localhost:1", "--rate=1", "--duration=999999999m");
    assertThat(endless.exitCode()).isEqualTo(2);
    assertThat(endless.err()).contains("999999999m (expected: at most 7 days)");
    assertThat(CommandRun.of("bench", "--target=localhost:1").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("bench", "--rate=1").err()).contains("--target=HOST:PORT");
  }

  private static String refusal(String... options) {
    List<String> all = new ArrayList<>(List.of("bench", "--target=127.0.0.1:1"));
    all.addAll(List.of(options));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(1);
    return run.err().strip();
  }

  private CommandRun bench(TestServer server, String... options) {
    List<String> all = new ArrayList<>(List.of("bench", "--target=127.0.0.1:" + server.port()));
    all.add("--out=" + folder.resolve("result.json"));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private JsonObject document() throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("result.json")))
        .getAsJsonObject();
  }

  private JsonObject onlyRun() throws IOException {
    assertThat(document().get("version").getAsInt()).isOne();
    assertThat(document().getAsJsonArray("runs")).hasSize(1);
    return document().getAsJsonArray("runs").get(0).getAsJsonObject();
  }

  private int elements(String file, String name) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.resolve(file).toFile())
        .getElementsByTagName(name)
        .getLength();
  }
}
