// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.embedding.EmbedderRun;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What the kernel of a preset costs for a group of 8 rollouts on one thread, embeddings given,
 * against embedding them with the embedded model on all processors, in one run; and how that grows
 * with the texts.
 *
 * <pre>{@code
 * mvn -q -Pbench package \
 *   -Dbench.main=io.gcpo.advantage.server.diversity.kernel.PresetCost \
 *   -Dbench.args=/path/to/gsm8k_groups.jsonl
 * }</pre>
 *
 * <p>Argument: a file of groups, whose solutions are joined to longer texts.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PresetCost {
  private static final int ROLLOUTS = 8;
  private static final int WORDS = 300;

  /** A group of texts of {@code tokens} tokens of the embedded model each, or of 300 words. */
  @State(Scope.Benchmark)
  public static class Group {
    @Param({""})
    String file = "";

    @Param({"MATH"})
    NamedKernel kernel = NamedKernel.MATH;

    @Param({"0", "1024", "4096", "16384", "32768"})
    int tokens;

    ComparedRollouts rollouts =
        new ComparedRollouts(
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    int[] correct = IntStream.range(0, ROLLOUTS).toArray();

    @Setup
    public void prepare() throws Exception {
      JoinedSolutions solutions = JoinedSolutions.of(Path.of(file));
      List<String> texts =
          tokens == 0 ? solutions.ofWords(ROLLOUTS, WORDS) : solutions.ofTokens(ROLLOUTS, tokens);
      rollouts =
          kernel.plan().kernel().inputs().contains(KernelInput.EMBEDDINGS)
              ? embedded(texts)
              : new ComparedRollouts(
                  ROLLOUTS,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(ComparedText.ofAll(texts)),
                  Optional.empty(),
                  Optional.empty());
    }

    private static ComparedRollouts embedded(List<String> texts) throws Exception {
      TextSource source = new TextSource(TextSource.embeddedModel());
      source.embed(texts);
      return source.rollouts(texts.get(0), texts);
    }
  }

  /** The embedded model and texts of 300 words. */
  @State(Scope.Benchmark)
  public static class Model {
    @Param({""})
    String file = "";

    List<String> texts = List.of();
    Optional<EmbedderRun.Started> embedder = Optional.empty();

    @Setup
    public void prepare() throws Exception {
      texts = JoinedSolutions.of(Path.of(file)).ofWords(ROLLOUTS, WORDS);
      embedder = Optional.of(TextSource.run(TextSource.embeddedModel()).start());
    }

    @TearDown
    public void close() {
      embedder.ifPresent(EmbedderRun.Started::close);
    }
  }

  @Benchmark
  public SymmetricMatrix kernel(Group group) {
    return group.kernel.plan().apply(group.rollouts, ROLLOUTS, group.correct).matrix();
  }

  @Benchmark
  public List<Embedding> embed(Model model) {
    return model.embedder.orElseThrow().embed(model.texts);
  }

  /** See above. */
  public static void main(String[] args) throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(PresetCost.class.getName())
                    .param("file", Path.of(args[0]).toAbsolutePath().toString())
                    .build())
            .run();
    double embedding = score(results, "embed", "");
    double kernel = score(results, "kernel", "0");
    System.out.printf(
        Locale.ROOT,
        "%n8 rollouts of 300 words: kernel %.0f us, embedding %.0f us, ratio %.3f %%%n",
        kernel,
        embedding,
        100 * kernel / embedding);
    for (String tokens : List.of("1024", "4096", "16384", "32768")) {
      double series = score(results, "kernel", tokens);
      System.out.printf(
          Locale.ROOT,
          "8 rollouts of %s tokens: kernel %.0f us, %.1f ns a token%n",
          tokens,
          series,
          1000 * series / (ROLLOUTS * Double.parseDouble(tokens)));
    }
  }

  private static double score(Collection<RunResult> results, String benchmark, String tokens) {
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
        .filter(result -> tokens.isEmpty() || tokens.equals(result.getParams().getParam("tokens")))
        .mapToDouble(result -> result.getPrimaryResult().getScore())
        .findFirst()
        .orElseThrow();
  }
}
