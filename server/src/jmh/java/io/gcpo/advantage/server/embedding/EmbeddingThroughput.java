// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import io.gcpo.advantage.server.Contest;
import io.gcpo.advantage.server.RolloutFile;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.onnx.BareOnnxLoop;
import io.gcpo.advantage.server.embedding.onnx.OnnxEncoderFactory;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import io.gcpo.advantage.server.testing.Models;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How workers, threads, token budget and length bucket matter to the embedder on ONNX Runtime,
 * against a bare loop over the same texts, in one run: tokens a second, padding not counted.
 *
 * <pre>{@code
 * mvn -q -Pbench package \
 *   -Dbench.main=io.gcpo.advantage.server.embedding.EmbeddingThroughput \
 *   "-Dbench.args=/path/to/gsm8k_groups.jsonl 800 5"
 * }</pre>
 *
 * <p>Arguments: a file of groups, the number of texts, the number of rounds.
 */
public final class EmbeddingThroughput {
  private static final int[] BUDGETS = {512, 1024, 2048, 4096};

  private EmbeddingThroughput() {}

  /** See above. */
  public static void main(String[] args) throws Exception {
    List<String> texts = RolloutFile.texts(Path.of(args[0]), Integer.parseInt(args[1]));
    ModelDirectory model =
        Models.read(Path.of(Objects.requireNonNull(System.getProperty("gcpo.model.directory"))));
    try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(model.tokenizerFile());
        BareOnnxLoop bare = new BareOnnxLoop(model.modelFile(), tokenizer)) {
      List<TokenIds> contents = texts.stream().map(tokenizer::encode).toList();
      Contest contest = new Contest(bare.tokens(contents));
      for (int budget : BUDGETS) {
        contest.addTimed(
            "bare loop, budget " + budget,
            () -> bare.run(contents, budget, model.maxInputTokens()));
      }
      int processors = Runtime.getRuntime().availableProcessors();
      addEmbedder(contest, model, texts, processors, 1, 512, 8);
      addEmbedder(contest, model, texts, 1, processors, 512, 8);
      addEmbedder(contest, model, texts, processors, 1, 1024, 8);
      addEmbedder(contest, model, texts, 1, processors, 1024, 8);
      addEmbedder(contest, model, texts, processors, 1, 512, 16);
      addEmbedder(contest, model, texts, processors, 1, 512, 4);
      addEmbedder(contest, model, texts, processors, 1, 512, 1);
      contest.run(Integer.parseInt(args[2]));
      contest.print("bare loop", System.out);
    }
  }

  private static void addEmbedder(
      Contest contest,
      ModelDirectory model,
      List<String> texts,
      int workers,
      int threads,
      int budget,
      int bucket) {
    EmbedderRun run =
        new EmbedderRun(
            model,
            () -> OnnxEncoderFactory.open(model.modelFile(), threads),
            EmbedderRun.config(workers, budget, bucket));
    contest.add(
        "embedder, %d x %d threads, budget %d, bucket %d"
            .formatted(workers, threads, budget, bucket),
        () -> run.seconds(texts));
  }
}
