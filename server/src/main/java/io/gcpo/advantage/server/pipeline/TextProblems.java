// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.TextOutcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Why texts of a group cannot be compared. Confined to one thread. */
final class TextProblems {
  private final GroupJob group;
  private final List<Violation> tooLong = new ArrayList<>();
  private final SortedSet<Integer> unknown = new TreeSet<>();
  private final Set<EmbeddingFailure> lost = EnumSet.noneOf(EmbeddingFailure.class);

  TextProblems(GroupJob group) {
    this.group = group;
  }

  /** Notes the outcome of the group's text at this position, if it is a problem. */
  void add(int text, TextOutcome outcome) {
    if (outcome instanceof TextOutcome.TooLong refused) {
      tooLong.add(violation(path(text), refused));
    } else if (outcome instanceof TextOutcome.Unknown) {
      addUnknown(text);
    } else if (outcome instanceof TextOutcome.Failed failed) {
      lost.add(failed.failure());
    }
  }

  /** Notes that the text at this position came as a digest that is not known. */
  void addUnknown(int text) {
    unknown.add(text);
  }

  /** Notes the outcome of the group's prompt, which comes as a text, if it is a problem. */
  void addPrompt(TextOutcome outcome) {
    if (outcome instanceof TextOutcome.TooLong refused) {
      tooLong.add(violation(group.path() + ".prompt", refused));
    } else if (outcome instanceof TextOutcome.Failed failed) {
      lost.add(failed.failure());
    }
  }

  private static Violation violation(String path, TextOutcome.TooLong refused) {
    return new Violation(
        path, "%d tokens (expected: <= %d)".formatted(refused.tokens(), refused.maxTokens()));
  }

  /**
   * Too long before unknown before lost: to send such a group again would be in vain, or must be
   * done otherwise.
   */
  Optional<GroupRejection> rejection() {
    if (!tooLong.isEmpty()) {
      return Optional.of(
          new GroupRejection(group.groupId(), GroupRejection.Reason.INPUT_TOO_LONG, tooLong));
    }
    if (!unknown.isEmpty()) {
      return Optional.of(
          new GroupRejection(
              group.groupId(),
              GroupRejection.Reason.CONTENT_NOT_FOUND,
              unknown.stream().map(this::notKnown).toList()));
    }
    return lost.stream()
        .findFirst()
        .map(
            failure ->
                new GroupRejection(group.groupId(), GroupRejection.Reason.of(failure), List.of()));
  }

  private Violation notKnown(int text) {
    return new Violation(path(text), "not known (expected: submitted before, or the text)");
  }

  private String path(int text) {
    if (text >= group.scores().size()) {
      return group.path() + ".golden_answer";
    }
    boolean digest =
        group.content() instanceof GroupJob.Texts content
            && content.references().get(text) instanceof TextReference.Digest;
    return "%s.rollouts[%d].%s".formatted(group.path(), text, digest ? "content_sha256" : "text");
  }
}
