// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.pipeline.AdvantageResult;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.tracing.CallTrace;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;

/**
 * What a trace says of a call: counts, the checked request id and the name of the model; nothing
 * that a caller wrote besides.
 */
final class CallNotes {
  private static final String GROUPS = "gcpo.groups";
  private static final String ROLLOUTS = "gcpo.rollouts";
  private static final String TEXTS = "gcpo.texts";
  private static final String TOKENS = "gcpo.tokens";

  private CallNotes() {}

  /** To be called once the id has been checked. */
  static void caller(CallTrace trace, String requestId, String model) {
    trace.note("gcpo.model", model);
    if (!requestId.isEmpty()) {
      trace.note("gcpo.request_id", requestId);
    }
  }

  static void groups(CallTrace trace, List<RolloutGroup> groups) {
    if (trace.isRecording()) {
      trace.note(GROUPS, groups.size());
      trace.note(ROLLOUTS, groups.stream().mapToLong(RolloutGroup::getRolloutsCount).sum());
    }
  }

  static void texts(CallTrace trace, int texts) {
    trace.note(TEXTS, texts);
  }

  static void result(CallTrace trace, AdvantageResult result) {
    trace.note(TOKENS, result.tokens());
  }

  static void outcomes(CallTrace trace, List<TextOutcome> outcomes) {
    if (trace.isRecording()) {
      trace.note(TOKENS, outcomes.stream().mapToLong(TextOutcome::computedTokens).sum());
    }
  }

  /** Ends the part of a trace that is one group of a stream. */
  static void endGroup(CallTrace group, AdvantageResult result) {
    result(group, result);
    group.end(
        result.outcomes().get(0) instanceof GroupRejection rejection
            ? rejection.reason().name()
            : "");
  }
}
