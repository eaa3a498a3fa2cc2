// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.pipeline.GroupRejection.Reason;
import io.gcpo.advantage.server.pipeline.Violation;
import java.util.ArrayList;
import java.util.List;

/** The texts of a call that exceed the model's window where their policy is ERROR. */
final class TooLongTexts {
  private TooLongTexts() {}

  /** Throws {@link InvalidRequestException} naming every one of them. */
  static void throwIfAny(List<TextOutcome> outcomes) {
    List<Violation> tooLong = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof TextOutcome.TooLong text) {
        tooLong.add(
            new Violation(
                "texts[" + i + "]",
                "%d tokens (expected: <= %d)".formatted(text.tokens(), text.maxTokens())));
      }
    }
    if (!tooLong.isEmpty()) {
      throw new InvalidRequestException(Reason.INPUT_TOO_LONG.name(), tooLong);
    }
  }
}
