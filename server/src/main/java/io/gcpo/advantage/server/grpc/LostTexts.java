// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.pipeline.AdvantageResult;
import io.gcpo.advantage.server.pipeline.GroupOutcome;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import java.util.List;

/** Calls that end as a whole because the model was lost on their texts. */
final class LostTexts {
  private LostTexts() {}

  /**
   * Where the answer has no place for the failure of one text: throws what stands for the first.
   */
  static void throwIfAny(List<TextOutcome> outcomes) {
    for (TextOutcome outcome : outcomes) {
      if (outcome instanceof TextOutcome.Failed failed) {
        throw failed.failure().toException();
      }
    }
  }

  /**
   * Where no group has anything but a loss: throws what stands for the first that may succeed when
   * it comes again, so that what tries calls again tries this one again.
   */
  static void throwIfAll(AdvantageResult result) {
    List<GroupOutcome> outcomes = result.outcomes();
    if (outcomes.stream().allMatch(LostTexts::isLost)) {
      List<EmbeddingFailure> failures =
          outcomes.stream()
              .map(outcome -> ((GroupRejection) outcome).reason().name())
              .map(EmbeddingFailure::valueOf)
              .toList();
      throw failures.stream()
          .filter(failure -> failure != EmbeddingFailure.NON_FINITE_EMBEDDING)
          .findFirst()
          .orElse(EmbeddingFailure.NON_FINITE_EMBEDDING)
          .toException();
    }
  }

  private static boolean isLost(GroupOutcome outcome) {
    return outcome instanceof GroupRejection rejection && rejection.reason().isLoss();
  }
}
