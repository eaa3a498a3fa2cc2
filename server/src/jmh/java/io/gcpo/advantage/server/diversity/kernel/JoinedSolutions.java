// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.RolloutFile;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Long texts made of short solutions, one a problem: text i goes through the problems with the
 * solution of model i, and begins at another problem where there are no more models.
 */
final class JoinedSolutions {
  private final List<List<String>> problems;

  private JoinedSolutions(List<List<String>> problems) {
    this.problems = problems;
  }

  /** The solutions of a file of groups, without their annotations. */
  static JoinedSolutions of(Path file) throws IOException {
    return new JoinedSolutions(
        RolloutFile.groups(file).stream()
            .map(
                group ->
                    group.getRolloutsList().stream()
                        .map(rollout -> AnnotatedSolution.of(rollout.getText()).text())
                        .toList())
            .toList());
  }

  /** Texts of at least so many words, up to the end of a solution. */
  List<String> ofWords(int texts, int words) {
    return of(texts, words, solution -> solution.strip().split("\\s+").length);
  }

  /** Texts of at least so many tokens of the embedded model, up to the end of a solution. */
  List<String> ofTokens(int texts, int tokens) throws Exception {
    try (Tokenizer tokenizer =
        HuggingFaceTokenizerAdapter.open(TextSource.embeddedModel().tokenizerFile())) {
      return of(texts, tokens, solution -> tokenizer.encode(solution).length());
    }
  }

  private List<String> of(int texts, int length, ToIntFunction<String> measure) {
    List<String> joined = new ArrayList<>();
    for (int text = 0; text < texts; text++) {
      StringBuilder builder = new StringBuilder();
      int models = problems.get(0).size();
      int problem = text / models * (problems.size() / texts);
      for (int measured = 0; measured < length; problem++) {
        String solution = problems.get(problem % problems.size()).get(text % models);
        builder.append(solution).append('\n');
        measured += measure.applyAsInt(solution);
      }
      joined.add(builder.toString());
    }
    return joined;
  }
}
