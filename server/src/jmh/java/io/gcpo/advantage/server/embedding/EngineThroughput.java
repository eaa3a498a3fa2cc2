// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import io.gcpo.advantage.server.Contest;
import io.gcpo.advantage.server.RolloutFile;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.nd4j.Nd4jEngine;
import io.gcpo.advantage.server.embedding.onnx.OnnxEngine;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import io.gcpo.advantage.server.testing.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Engine by model by mix of lengths: tokens a second of the embedder, in one run a mix.
 *
 * <pre>{@code
 * mvn -q -Pbench package \
 *   -Dbench.main=io.gcpo.advantage.server.embedding.EngineThroughput \
 *   "-Dbench.args=/path/to/gsm8k_groups.jsonl 60000 3 cpu [/path/to/another/model ...]"
 * }</pre>
 *
 * <p>Arguments: a file of groups; how many tokens a mix has, about; the number of rounds; the
 * device; directories of models, by default that of the embedded one. The mixes are the real texts,
 * and the same joined to texts of about 512, 2,048 and 8,192 tokens. A text of more tokens than the
 * model's window is embedded window by window.
 */
public final class EngineThroughput {
  private static final int[] LENGTHS = {0, 512, 2048, 8192};
  private static final int TOKENS_PER_WORKER = 512;
  private static final int LENGTH_BUCKET = 4;

  private EngineThroughput() {}

  /** See above. */
  public static void main(String[] args) throws Exception {
    List<String> texts = RolloutFile.texts(Path.of(args[0]), Integer.MAX_VALUE);
    long tokens = Long.parseLong(args[1]);
    int rounds = Integer.parseInt(args[2]);
    Device device = Device.parse(args[3]);
    List<Path> directories = Arrays.stream(args).skip(4).map(Path::of).toList();
    if (directories.isEmpty()) {
      directories =
          List.of(Path.of(Objects.requireNonNull(System.getProperty("gcpo.model.directory"))));
    }
    for (Path directory : directories) {
      ModelDirectory model = Models.read(directory);
      for (int length : LENGTHS) {
        run(model, device, texts, length, tokens, rounds);
      }
    }
  }

  private static void run(
      ModelDirectory model, Device device, List<String> texts, int length, long tokens, int rounds)
      throws Exception {
    try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(model.tokenizerFile())) {
      List<String> mix = new ArrayList<>();
      long real = 0;
      StringBuilder joined = new StringBuilder();
      int joinedTokens = 0;
      for (int i = 0; real < tokens; i = (i + 1) % texts.size()) {
        joined.append(texts.get(i)).append("\n\n");
        joinedTokens += tokenizer.encode(texts.get(i)).length();
        if (joinedTokens >= length) {
          mix.add(joined.toString());
          real += joinedTokens + tokenizer.specialTokens().count();
          joined.setLength(0);
          joinedTokens = 0;
        }
      }
      Contest contest = new Contest(real);
      for (EncodingEngine engine : List.of(new OnnxEngine(), new Nd4jEngine())) {
        Optional<String> refusal = engine.refusal(model, device);
        if (refusal.isPresent()) {
          System.out.println(engine.name() + ": " + refusal.get());
          continue;
        }
        int workers = Runtime.getRuntime().availableProcessors();
        EmbedderRun run =
            new EmbedderRun(
                model,
                () -> engine.open(model, device, 1),
                EmbedderRun.config(workers, TOKENS_PER_WORKER, LENGTH_BUCKET));
        contest.add(engine.name(), () -> run.seconds(mix));
      }
      contest.run(rounds);
      System.out.printf(
          "%s on %s, %s, %d texts, %d tokens%n",
          model.directory().getFileName(),
          device,
          length == 0 ? "real lengths" : "about " + length + " tokens each",
          mix.size(),
          real);
      contest.print("onnxruntime", System.out);
    }
  }
}
