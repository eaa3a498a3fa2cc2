// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gcpo.advantage.server.diversity.feature.TextTokens;
import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The metrics against what NumPy, NLTK and exact fractions make of their definitions. */
final class GoldenDiversityTest {
  private static final double TOLERANCE = 1e-9;

  private final JsonObject golden = read("diversity.json");
  private final JsonArray textSets = read("texts.json").getAsJsonArray("sets");

  @Test
  void measure_randomKernels_equalsGolden() {
    JsonArray kernels = golden.getAsJsonArray("kernels");
    assertThat(kernels).hasSizeGreaterThanOrEqualTo(30);
    for (int i = 0; i < kernels.size(); i++) {
      JsonObject set = kernels.get(i).getAsJsonObject();
      DiversityChoice choice =
          new DiversityChoice(KernelMetrics.ALL.metrics(), set.get("threshold").getAsDouble());
      RolloutSet rollouts =
          RolloutSet.ofSimilarity(CosineKernel.of(matrix(set.getAsJsonArray("embeddings"))));
      assertKernelMetrics(
          "kernel " + i, DiversityMeter.measure(choice, rollouts), set.getAsJsonObject("expected"));
    }
  }

  @Test
  void measure_texts_equalsGolden() {
    JsonArray answers = golden.getAsJsonArray("texts");
    assertThat(answers).hasSameSizeAs(textSets).hasSizeGreaterThanOrEqualTo(15);
    for (int i = 0; i < answers.size(); i++) {
      JsonObject answer = answers.get(i).getAsJsonObject();
      String name = answer.get("name").getAsString();
      JsonObject set = textSets.get(i).getAsJsonObject();
      assertThat(set.get("name").getAsString()).isEqualTo(name);
      assertTextMetrics(
          name, strings(set.getAsJsonArray("texts")), answer.getAsJsonObject("expected"));
    }
  }

  @Test
  void passAtK_equalsGolden() {
    JsonArray values = golden.getAsJsonArray("pass_at_k");
    assertThat(values).hasSizeGreaterThanOrEqualTo(50);
    for (JsonElement element : values) {
      JsonArray value = element.getAsJsonArray();
      int n = value.get(0).getAsInt();
      int correct = value.get(1).getAsInt();
      int k = value.get(2).getAsInt();
      assertThat(PassAtK.of(n, correct, k).orElseThrow())
          .as("n %d, correct %d, k %d", n, correct, k)
          .isCloseTo(value.get(3).getAsDouble(), within(1e-13));
    }
  }

  private static void assertKernelMetrics(
      String name, DiversityMetrics actual, JsonObject expected) {
    JsonObject vendi = expected.getAsJsonObject("vendi");
    VendiScores scores = actual.vendiScores().orElseThrow();
    assertClose(name, scores.orderHalf(), vendi.get("half"));
    assertClose(name, scores.orderOne(), vendi.get("one"));
    assertClose(name, scores.orderTwo(), vendi.get("two"));
    assertClose(name, scores.orderInfinity(), vendi.get("infinity"));
    JsonObject distance = expected.getAsJsonObject("distance");
    PairwiseDistances distances = actual.pairwiseDistances().orElseThrow();
    assertClose(name, distances.mean(), distance.get("mean"));
    assertClose(name, distances.min(), distance.get("min"));
    assertClose(name, distances.max(), distance.get("max"));
    assertClose(name, actual.logDetVolume().orElseThrow(), expected.get("log_det"));
    assertClose(name, actual.effectiveCount().orElseThrow(), expected.get("effective_count"));
    assertClose(name, actual.effectiveRank().orElseThrow(), expected.get("effective_rank"));
    assertThat(actual.distinct()).as(name).hasValue(expected.get("distinct").getAsInt());
    JsonObject clusters = expected.getAsJsonObject("clusters");
    ClusterDiversity actualClusters = actual.clusters().orElseThrow();
    assertThat(actualClusters.count()).as(name).isEqualTo(clusters.get("count").getAsInt());
    assertClose(name, actualClusters.entropy(), clusters.get("entropy"));
  }

  private static void assertTextMetrics(String name, List<String> texts, JsonObject expected) {
    JsonArray tokens = expected.getAsJsonArray("tokens");
    for (int i = 0; i < texts.size(); i++) {
      assertThat(TextTokens.of(texts.get(i)))
          .as(name)
          .isEqualTo(strings(tokens.get(i).getAsJsonArray()));
    }
    DiversityMetrics actual =
        DiversityMeter.measure(
            DiversityChoice.of(
                DiversityMetric.DISTINCT_N,
                DiversityMetric.SELF_BLEU,
                DiversityMetric.UNIQUE_TEXT_RATIO),
            RolloutSet.ofTexts(texts));
    JsonArray distinctN = expected.getAsJsonArray("distinct_n");
    DistinctNGrams shares = actual.distinctNGrams().orElseThrow();
    assertClose(name, shares.unigrams(), distinctN.get(0));
    assertClose(name, shares.bigrams(), distinctN.get(1));
    assertClose(name, shares.trigrams(), distinctN.get(2));
    assertClose(name, actual.selfBleu().orElseThrow(), expected.get("self_bleu"));
    assertClose(name, actual.uniqueTextRatio().orElseThrow(), expected.get("unique"));
  }

  private static void assertClose(String description, double actual, JsonElement expected) {
    assertThat(actual).as(description).isCloseTo(expected.getAsDouble(), within(TOLERANCE));
  }

  private static FloatMatrix matrix(JsonArray rows) {
    List<float[]> matrix = new ArrayList<>();
    for (JsonElement row : rows) {
      JsonArray values = row.getAsJsonArray();
      float[] copy = new float[values.size()];
      for (int k = 0; k < copy.length; k++) {
        copy[k] = values.get(k).getAsFloat();
      }
      matrix.add(copy);
    }
    return FloatMatrix.ofRows(matrix);
  }

  private static List<String> strings(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }

  private static JsonObject read(String file) {
    String path = "/golden/diversity/" + file;
    try (InputStream stream = GoldenDiversityTest.class.getResourceAsStream(path);
        Reader reader =
            new InputStreamReader(Objects.requireNonNull(stream, path), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
