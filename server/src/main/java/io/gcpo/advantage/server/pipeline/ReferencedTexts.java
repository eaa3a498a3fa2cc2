// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.diversity.kernel.ComparedText;
import io.gcpo.advantage.server.diversity.kernel.TextFeatures;
import io.gcpo.advantage.server.linalg.Interruption;
import io.gcpo.advantage.server.pipeline.text.TextMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the texts of a group that come as digests. Those that are not known are noted as problems;
 * what is returned is then not complete. Confined to one thread.
 */
final class ReferencedTexts {
  private final GroupJob group;
  private final TextMemory memory;
  private final TextProblems problems;

  ReferencedTexts(GroupJob group, TextMemory memory, TextProblems problems) {
    this.group = group;
    this.memory = memory;
    this.problems = problems;
  }

  /** The texts [n] of the rollouts, for metrics of wording; empty where they bring embeddings. */
  Optional<List<String>> wording() {
    if (!(group.content() instanceof GroupJob.Texts content)) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < group.scores().size(); i++) {
      TextReference reference = content.references().get(i);
      Optional<String> text =
          reference instanceof TextReference.Given given
              ? Optional.of(given.text().text())
              : memory.find(reference.digest());
      add(text, i, texts);
    }
    return Optional.of(texts);
  }

  /** What the group's kernel reads; empty where it reads no texts. */
  Optional<List<ComparedText>> compared() {
    return group.comparison().flatMap(Comparison::texts).map(this::compared);
  }

  private List<ComparedText> compared(List<TextReference> references) {
    Set<TextFeatures> wanted = group.settings().kernel().plan().kernel().textFeatures();
    List<ComparedText> texts = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      Interruption.check();
      Optional<ComparedText> text =
          references.get(i) instanceof TextReference.Given given
              ? Optional.of(memory.compared(given.text()))
              : memory.find(references.get(i).digest(), wanted);
      add(text, i, texts);
    }
    return texts;
  }

  private <T> void add(Optional<T> found, int position, List<T> texts) {
    found.ifPresentOrElse(texts::add, () -> problems.addUnknown(position));
  }
}
