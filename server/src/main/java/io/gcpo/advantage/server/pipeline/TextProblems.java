// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.embedding.TextOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why texts of a group have no embedding. Confined to one thread. */
final class TextProblems {
  private final GroupJob group;
  private final List<Violation> tooLong = new ArrayList<>();
  private final List<Violation> unknown = new ArrayList<>();

  TextProblems(GroupJob group) {
    this.group = group;
  }

  /** Notes the outcome of the group's text at this position, if it is a problem. */
  void add(int text, TextOutcome outcome) {
    add(path(text), outcome);
  }

  /** Notes the outcome of the group's prompt, if it is a problem. */
  void addPrompt(TextOutcome outcome) {
    add(group.path() + ".prompt", outcome);
  }

  private void add(String path, TextOutcome outcome) {
    if (outcome instanceof TextOutcome.TooLong refused) {
      tooLong.add(
          new Violation(
              path,
              "%d tokens (expected: <= %d)".formatted(refused.tokens(), refused.maxTokens())));
    } else if (outcome instanceof TextOutcome.Unknown) {
      unknown.add(new Violation(path, "not known (expected: submitted before, or the text)"));
    }
  }

  /** Too long before unknown: to send such a group again would be in vain. */
  Optional<GroupRejection> rejection() {
    if (!tooLong.isEmpty()) {
      return Optional.of(
          new GroupRejection(group.groupId(), GroupRejection.Reason.INPUT_TOO_LONG, tooLong));
    }
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GroupRejection(group.groupId(), GroupRejection.Reason.CONTENT_NOT_FOUND, unknown));
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
