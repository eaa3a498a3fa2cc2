// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupAdvantages;
import java.util.function.Consumer;

/** What becomes of a fitting answer that was changed. */
final class Distortion {
  private Distortion() {}

  static void assertTaken(Consumer<ComputeAdvantagesResponse.Builder> change) {
    assertTaken(Answers.request(), change);
  }

  static void assertTaken(
      ComputeAdvantagesRequest request, Consumer<ComputeAdvantagesResponse.Builder> change) {
    ComputeAdvantagesResponse answer = changed(request, change);

    assertThat(AnswerCheck.checked(ComputePart.whole(request), answer)).isSameAs(answer);
  }

  static void assertRefused(Consumer<ComputeAdvantagesResponse.Builder> change, String message) {
    assertRefused(ComputePart.whole(Answers.request()), change, message);
  }

  static void assertRefused(
      ComputePart part, Consumer<ComputeAdvantagesResponse.Builder> change, String message) {
    ComputeAdvantagesResponse answer = changed(part.request(), change);

    assertThatThrownBy(() -> AnswerCheck.checked(part, answer))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage(message);
  }

  /** Changes the first group, of two rollouts; the message goes without the group's path. */
  static void assertGroupRefused(Consumer<GroupAdvantages.Builder> change, String message) {
    assertGroupRefused(Answers.request(), change, message);
  }

  static void assertGroupRefused(
      ComputeAdvantagesRequest request, Consumer<GroupAdvantages.Builder> change, String message) {
    assertRefused(
        ComputePart.whole(request),
        answer -> change.accept(first(answer)),
        "results[0].advantages." + message);
  }

  static void assertGroupTaken(Consumer<GroupAdvantages.Builder> change) {
    assertTaken(answer -> change.accept(first(answer)));
  }

  static GroupAdvantages.Builder first(ComputeAdvantagesResponse.Builder answer) {
    return answer.getResultsBuilder(0).getAdvantagesBuilder();
  }

  private static ComputeAdvantagesResponse changed(
      ComputeAdvantagesRequest request, Consumer<ComputeAdvantagesResponse.Builder> change) {
    ComputeAdvantagesResponse.Builder answer = Answers.to(request).toBuilder();
    change.accept(answer);
    return answer.build();
  }
}
