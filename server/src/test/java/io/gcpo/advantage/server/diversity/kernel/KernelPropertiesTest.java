// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricEigen;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.v1.Rollout;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What {@link SimilarityKernel} promises, of each kernel and of random composites. */
final class KernelPropertiesTest {
  private static final int GROUPS = 10_000;
  private static final int LARGEST = 10;
  private static final List<SimilarityKernel> KERNELS = SampleKernels.all();

  @Test
  void of_randomRollouts_keepsThePromises() {
    for (int seed = 0; seed < GROUPS; seed++) {
      RandomRollouts random = new RandomRollouts(seed);
      ComparedRollouts rollouts = withCopies(random.next(LARGEST - 2), seed);
      String description = "seed " + seed;
      for (SimilarityKernel kernel : KERNELS) {
        check(description, kernel, rollouts);
      }
      check(description, random.nextComposite(1 + seed % 2), rollouts);
      check(description, random.nextComposite(3), rollouts);
    }
  }

  @Test
  void of_realTexts_keepsThePromises() throws IOException {
    List<List<String>> groups = realTexts();
    for (int group = 0; group < groups.size(); group++) {
      RandomRollouts random = new RandomRollouts(group);
      ComparedRollouts rollouts = withCopies(random.ofTexts(groups.get(group)), group);
      for (SimilarityKernel kernel : KERNELS) {
        check("group " + group, kernel, rollouts);
      }
      for (int k = 0; k < 100; k++) {
        check("group " + group, random.nextComposite(2), rollouts);
      }
    }
  }

  /** The last two rollouts are copies of random ones. */
  private static ComparedRollouts withCopies(ComparedRollouts rollouts, long seed) {
    RandomGroups random = new RandomGroups(seed);
    int[] positions = new int[rollouts.count() + 2];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i < rollouts.count() ? i : random.nextInt(rollouts.count());
    }
    return Compared.pick(rollouts, positions);
  }

  private static void check(String source, SimilarityKernel kernel, ComparedRollouts rollouts) {
    int count = rollouts.count();
    SymmetricMatrix matrix = kernel.of(rollouts);
    int[] order = new RandomGroups(source.hashCode()).nextOrder(count);
    SymmetricMatrix reordered = kernel.of(Compared.pick(rollouts, order));
    double smallest = 1;
    double largest = -1;
    double leastOfSame = 1;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double value = matrix.get(i, j);
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
        leastOfSame = isSame(rollouts, i, j) ? Math.min(leastOfSame, value) : leastOfSame;
      }
    }
    double eigenvalue = SymmetricEigen.valuesOf(matrix).min();
    Supplier<String> description = () -> source + ", " + kernel;
    assertThat(matrix.size()).as(description).isEqualTo(count);
    assertThat(smallest).as(description).isGreaterThanOrEqualTo(-1);
    assertThat(largest).as(description).isLessThanOrEqualTo(1);
    assertThat(leastOfSame).as(description).isEqualTo(1);
    assertThat(eigenvalue).as(description).isGreaterThanOrEqualTo(-1e-10 * count);
    assertThat(reordered).as(description).isEqualTo(matrix.principal(order));
  }

  /** Whether all that is known of two rollouts is equal, and their embedding is not zero. */
  private static boolean isSame(ComparedRollouts rollouts, int i, int j) {
    FloatMatrix embeddings = rollouts.embeddings().orElseThrow();
    List<ComparedText> texts = rollouts.texts().orElseThrow();
    List<String> labels = rollouts.clusterLabels().orElseThrow();
    if (!texts.get(i).equals(texts.get(j))
        || !labels.get(i).equals(labels.get(j))
        || rollouts.similarities().orElseThrow().get(i, j) != 1
        || embeddings.dot(i, i) == 0) {
      return false;
    }
    for (int k = 0; k < embeddings.columns(); k++) {
      if (embeddings.get(i, k) != embeddings.get(j, k)) {
        return false;
      }
    }
    return true;
  }

  /** The groups that the distribution ships, and the texts of the golden metrics. */
  private static List<List<String>> realTexts() throws IOException {
    List<List<String>> groups = new ArrayList<>();
    Examples.all()
        .forEach(
            group -> groups.add(group.getRolloutsList().stream().map(Rollout::getText).toList()));
    try (InputStream file =
            KernelPropertiesTest.class.getResourceAsStream("/golden/diversity/texts.json");
        Reader reader =
            new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8)) {
      JsonParser.parseReader(reader)
          .getAsJsonObject()
          .getAsJsonArray("sets")
          .forEach(set -> groups.add(texts(set.getAsJsonObject())));
    }
    return groups;
  }

  private static List<String> texts(JsonObject set) {
    List<String> texts = new ArrayList<>();
    set.getAsJsonArray("texts").forEach(text -> texts.add(text.getAsString()));
    return texts;
  }
}
