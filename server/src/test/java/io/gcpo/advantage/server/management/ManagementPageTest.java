// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.Groups;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.DiversityMetrics;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page of a real server under real calls. */
class ManagementPageTest {
  private static final String TOTAL = "since the start";

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestServer server = TestServer.with(new FakeEmbedder(), Map.of());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void noTraffic_isZerosAndDashes() throws Exception {
    String html = get("/");
    ParsedPage page = new ParsedPage(html);

    assertThat(html).doesNotContain("NaN", "Infinity", "null", "∞");
    for (String what : List.of("calls", "groups", "tokens embedded")) {
      assertThat(page.number("throughput", what, TOTAL)).as(what).isZero();
      assertThat(page.number("throughput", what, "a second, last minute")).as(what).isZero();
    }
    assertThat(page.texts("//section[@id='stages']//tbody/tr/th")).isNotEmpty();
    assertThat(page.cell("stages", "advantage", "times")).isEqualTo("0");
    assertThat(page.cell("stages", "advantage", "mean, ms")).isEqualTo("–");
    assertThat(page.texts("//section[@id='groups']//p").get(0)).isEqualTo("None yet.");
    assertThat(page.texts("//section[@id='errors']//p")).containsExactly("None since the start.");
  }

  @Test
  void calls_areCountedAsInTheMetrics() throws Exception {
    server.client().compute(Groups.request(Groups.sound("a"), Groups.sound("b")));
    server.client().compute(Groups.request(Groups.sound("c")));
    refusedCall();

    ParsedPage page = new ParsedPage(get("/"));
    String metrics = get("/metrics");

    assertThat(page.number("throughput", "groups", TOTAL))
        .isEqualTo(sum(metrics, "gcpo_groups_total"))
        .isEqualTo(3);
    assertThat(page.number("throughput", "calls", TOTAL))
        .isEqualTo(sum(metrics, "gcpo_requests_total"))
        .isGreaterThanOrEqualTo(3);
    assertThat(page.number("throughput", "calls", "a second, last minute")).isPositive();
    for (String stage : List.of("validate", "embed", "advantage", "serialize")) {
      String tags = "{stage=\"" + stage + "\"}";
      double count = sum(metrics, "gcpo_stage_duration_seconds_count" + tags);
      assertThat(page.number("stages", stage, "times")).as(stage).isEqualTo(count).isPositive();
      double millis = 1e3 * sum(metrics, "gcpo_stage_duration_seconds_sum" + tags) / count;
      assertThat(page.number("stages", stage, "mean, ms"))
          .as(stage)
          .isCloseTo(millis, within(Math.max(0.01, millis / 100)));
    }
    assertThat(page.cell("errors", "call", "code")).isEqualTo("INVALID_ARGUMENT");
    assertThat(page.number("errors", "call", TOTAL)).isEqualTo(1);
  }

  @Test
  void stages_standInTheOrderInWhichARequestMeetsThem() throws Exception {
    try (TestServer real = TestServer.real()) {
      assertThat(new ParsedPage(get(real, "/")).texts("//section[@id='stages']//tbody/tr/th"))
          .containsExactly(
              "validate",
              "embed",
              "tokenize",
              "queue",
              "batch",
              "infer",
              "pool",
              "advantage",
              "serialize");
    }
  }

  @Test
  void lastGroups_areTheNumbersOfTheAnswer() throws Exception {
    ComputeAdvantagesResponse answer =
        server.client().compute(Groups.request(Groups.sound("group-canary")));
    DiversityMetrics diversity = answer.getResults(0).getAdvantages().getDiversity().getAll();

    ParsedPage page = new ParsedPage(get("/"));

    assertThat(page.texts("//section[@id='groups']//tbody/tr/td"))
        .containsExactly(
            "GCPO_COOPERATIVE",
            "OK",
            "2",
            "2",
            "0.500",
            "0.707",
            "%.3f".formatted(diversity.getVendiScore()),
            "%.3f".formatted(diversity.getMeanPairwiseDistance()));
  }

  @Test
  void manyGroups_pageStaysSmall_andTellsNothingOfThem() throws Exception {
    List<RolloutGroup> groups =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    Groups.group(
                        "id-canary-" + i,
                        Groups.rollout("text-canary-" + i, 1),
                        Groups.rollout("wrong text-canary-" + i, 0)))
            .toList();
    server.client().compute(ComputeAdvantagesRequest.newBuilder().addAllGroups(groups).build());

    String html = get("/");

    assertThat(new ParsedPage(html).texts("//section[@id='groups']//tbody/tr")).hasSize(20);
    assertThat(html).hasSizeLessThan(32_768).doesNotContain("canary");
  }

  @Test
  void page_isForEverybody() throws Exception {
    ParsedPage page = new ParsedPage(get("/"));

    assertThat(page.texts("/html/@lang")).containsExactly("en");
    assertThat(page.texts("//h1")).containsExactly("GCPO advantage server");
    assertThat(page.texts("//th[not(@scope)]")).isEmpty();
    assertThat(page.texts("//table[not(caption)]")).isEmpty();
    assertThat(page.texts("//section[not(h2)]")).isEmpty();
    assertThat(page.texts("//@id")).doesNotHaveDuplicates();
    assertThat(page.texts("//script | //@style | //@onclick | //img | //iframe | //form"))
        .isEmpty();
  }

  @Test
  void everyLink_leadsSomewhere() throws Exception {
    for (String link : new ParsedPage(get("/")).texts("//@href[not(starts-with(., 'data:'))]")) {
      assertThat(get(link)).as(link).isNotEmpty();
    }
    assertThat(get("/docs/operations.md")).startsWith("# Operations");
    assertThat(get("/docs/configuration.md")).startsWith("# Configuration");
  }

  @Test
  void refresh_isOnlyOnRequest() throws Exception {
    assertThat(new ParsedPage(get("/")).texts("//meta[@http-equiv]")).isEmpty();
    assertThat(new ParsedPage(get("/?refresh")).texts("//meta[@http-equiv]/@content"))
        .containsExactly("5");
  }

  @Test
  void draining_isSaid() throws Exception {
    assertThat(new ParsedPage(get("/")).texts("//*[@id='state']")).containsExactly("Ready");
    server.instance(Readiness.class).startDraining();
    assertThat(new ParsedPage(get("/")).texts("//*[@id='state']")).containsExactly("Draining");
  }

  @Test
  void hostileModel_isShownAsText() throws Exception {
    HostileEmbedder hostile = new HostileEmbedder();
    try (TestServer other = TestServer.with(hostile, Map.of())) {
      String html = get(other, "/");
      ParsedPage page = new ParsedPage(html);

      assertThat(html).doesNotContain("<script", "<img");
      assertThat(page.texts("//script | //img")).isEmpty();
      assertThat(page.cell("models", "name", "value")).isEqualTo(HostileEmbedder.NAME);
      assertThat(page.cell("models", "chosen because", "value")).isEqualTo(HostileEmbedder.REASON);
      assertThat(page.texts("//section[@id='queue']//tbody//th"))
          .containsExactly(HostileEmbedder.NAME);
    }
  }

  private void refusedCall() {
    assertThatThrownBy(() -> server.client().compute(ComputeAdvantagesRequest.getDefaultInstance()))
        .isInstanceOf(StatusRuntimeException.class);
  }

  private String get(String path) throws Exception {
    return get(server, path);
  }

  private String get(TestServer from, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + from.managementPort() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private static double sum(String metrics, String prefix) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
