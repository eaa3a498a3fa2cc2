// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.gcpo.advantage.server.Contest;
import io.gcpo.advantage.server.RolloutFile;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import io.gcpo.advantage.server.testing.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What each setting of a session is worth on the processor: the settings of the server, and the
 * same with one of them changed, on one thread, in one run.
 *
 * <pre>{@code
 * mvn -q -Pbench package \
 *   -Dbench.main=io.gcpo.advantage.server.embedding.onnx.SessionSettings \
 *   "-Dbench.args=/path/to/gsm8k_groups.jsonl 300 5"
 * }</pre>
 *
 * <p>Arguments: a file of groups, the number of texts, the number of rounds.
 */
public final class SessionSettings {
  private static final int BUDGET = 512;

  @FunctionalInterface
  private interface Change {
    void apply(SessionOptions options) throws OrtException;
  }

  private final ModelDirectory model;
  private final Tokenizer tokenizer;
  private final List<TokenIds> contents;
  private final List<BareOnnxLoop> loops = new ArrayList<>();
  private final Contest contest;

  private SessionSettings(ModelDirectory model, Tokenizer tokenizer, List<String> texts) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.contents = texts.stream().map(tokenizer::encode).toList();
    this.contest =
        new Contest(
            contents.stream()
                .mapToLong(content -> content.length() + tokenizer.specialTokens().count())
                .sum());
  }

  /** See above. */
  public static void main(String[] args) throws Exception {
    ModelDirectory model =
        Models.read(Path.of(Objects.requireNonNull(System.getProperty("gcpo.model.directory"))));
    try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(model.tokenizerFile())) {
      SessionSettings settings =
          new SessionSettings(
              model, tokenizer, RolloutFile.texts(Path.of(args[0]), Integer.parseInt(args[1])));
      settings.add("as the server has them", options -> {});
      settings.add("graph: EXTENDED_OPT", o -> o.setOptimizationLevel(OptLevel.EXTENDED_OPT));
      settings.add("graph: BASIC_OPT", o -> o.setOptimizationLevel(OptLevel.BASIC_OPT));
      settings.add("graph: NO_OPT", o -> o.setOptimizationLevel(OptLevel.NO_OPT));
      settings.add("arena: off", o -> o.setCPUArenaAllocator(false));
      settings.add("memory pattern: on", o -> o.setMemoryPatternOptimization(true));
      settings.add("denormals: zero", o -> o.addConfigEntry("session.set_denormal_as_zero", "1"));
      settings.contest.run(Integer.parseInt(args[2]));
      settings.contest.print("as the server", System.out);
      for (BareOnnxLoop loop : settings.loops) {
        loop.close();
      }
    }
  }

  private void add(String name, Change change) throws OrtException {
    SessionOptions options = OnnxSession.options(1);
    change.apply(options);
    BareOnnxLoop loop = new BareOnnxLoop(model.modelFile(), options, tokenizer);
    loops.add(loop);
    contest.addTimed(name, () -> loop.run(contents, BUDGET, model.maxInputTokens()));
  }
}
