// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.RandomGroups;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A source of rollouts that are hard on kernels, everything about them known: one seed, one
 * sequence. The embeddings are those of {@link RandomGroups}; the prompt's is random, one of the
 * rollouts' or zero; the texts are of few words, numbers, code, no letters, one word or nothing.
 */
final class RandomRollouts {
  private static final List<String> WORDS =
      List.of(
          "so",
          "So",
          "eggs",
          "16",
          "3.5",
          "=",
          "2 + 3 = 5",
          "$1,000",
          "50%",
          "\\frac{1}{2}",
          "{{",
          "}",
          "def f(x):\n",
          "  return x",
          "# why\n",
          ";",
          "for (int i = 0; i < n; i++)",
          "\u00e9t\u00e9",
          "\u03a3",
          "\u0438\u0442\u043e\u0433",
          "\u7b54\u6848\u662f",
          "\u2212",
          "\ud83d\ude42",
          "\ud835",
          "\u0000",
          ".\n",
          "\t",
          "The answer is 7.");

  private final Random random;
  private final RandomGroups groups;

  RandomRollouts(long seed) {
    this.random = new Random(seed);
    this.groups = new RandomGroups(seed);
  }

  /** 2 to {@code most} rollouts; some of them are copies of others where n > 2. */
  ComparedRollouts next(int most) {
    FloatMatrix embeddings = groups.next(most).embeddings();
    return of(embeddings, IntStream.range(0, embeddings.rows()).mapToObj(i -> text()).toList());
  }

  /** These texts, with embeddings and all else at random. */
  ComparedRollouts ofTexts(List<String> texts) {
    int columns = 2 + random.nextInt(30);
    FloatMatrix embeddings =
        FloatMatrix.fill(
            texts.size(), columns, (row, target, offset) -> fill(target, offset, columns));
    return of(embeddings, texts);
  }

  /** A temperature, as near to 0 as two of them may be within one another. */
  double nextTemperature() {
    return Math.pow(10, -2 + 3 * random.nextDouble());
  }

  /** A composite of up to {@code depth} levels. */
  SimilarityKernel nextComposite(int depth) {
    if (depth == 0) {
      List<SimilarityKernel> leaves = SampleKernels.leaves();
      return leaves.get(random.nextInt(leaves.size()));
    }
    return switch (random.nextInt(4)) {
      case 0 -> new TemperedKernel(nextComposite(depth - 1), nextTemperature());
      case 1 -> new PowerKernel(nextComposite(depth - 1), 1 + random.nextInt(8));
      case 2 ->
          new ProductKernel(
              IntStream.rangeClosed(0, random.nextInt(3))
                  .mapToObj(k -> nextComposite(depth - 1))
                  .toList());
      default ->
          new SumKernel(
              IntStream.rangeClosed(0, random.nextInt(3))
                  .mapToObj(
                      k -> new SumKernel.Term(random.nextDouble() + 1e-3, nextComposite(depth - 1)))
                  .toList());
    };
  }

  private ComparedRollouts of(FloatMatrix embeddings, List<String> texts) {
    int count = texts.size();
    FloatMatrix prompt = prompt(embeddings);
    FloatMatrix others =
        FloatMatrix.fill(count, 3, (row, target, offset) -> fill(target, offset, 3));
    SymmetricMatrix similarities = CosineKernel.of(others);
    List<String> labels =
        IntStream.range(0, count).mapToObj(i -> "label " + random.nextInt(3)).toList();
    return new ComparedRollouts(
        count,
        Optional.of(embeddings),
        Optional.of(prompt),
        Optional.of(ComparedText.ofAll(texts)),
        Optional.of(labels),
        Optional.of(similarities));
  }

  private FloatMatrix prompt(FloatMatrix embeddings) {
    int columns = embeddings.columns();
    int kind = random.nextInt(4);
    int chosen = random.nextInt(embeddings.rows());
    return FloatMatrix.fill(
        1,
        columns,
        (row, target, offset) -> {
          if (kind < 2) {
            fill(target, offset, columns);
          } else if (kind == 2) {
            for (int k = 0; k < columns; k++) {
              target[offset + k] = 3 * embeddings.get(chosen, k);
            }
          }
        });
  }

  private void fill(float[] target, int offset, int columns) {
    for (int k = 0; k < columns; k++) {
      target[offset + k] = (float) random.nextGaussian();
    }
  }

  private String text() {
    int words = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextInt(12);
    String space = random.nextInt(3) == 0 ? "\n" : " ";
    return String.join(
        space,
        IntStream.range(0, words).mapToObj(k -> WORDS.get(random.nextInt(WORDS.size()))).toList());
  }
}
