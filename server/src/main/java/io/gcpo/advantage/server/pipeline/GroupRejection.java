// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import java.util.List;

/**
 * Why a group has no advantages.
 *
 * @param violations what is wrong with it, empty for defects of the server
 */
public record GroupRejection(String groupId, Reason reason, List<Violation> violations)
    implements GroupOutcome, JobEntry, Prepared {

  /** Stable reasons, the same on the wire and in metrics. */
  public enum Reason {
    /** A field is malformed or out of its range. */
    INVALID_FIELD,
    /** A size or count exceeds its limit. */
    LIMIT,
    /** A text exceeds the model's window and its policy is ERROR. */
    INPUT_TOO_LONG,
    /** The text of a digest is not known: to be sent again with its text. */
    CONTENT_NOT_FOUND,
    /** The model was lost on a text: the device had no memory for it, not even alone. */
    DEVICE_OOM,
    /** The model was lost on a text: its embedding was not finite. */
    NON_FINITE_EMBEDDING,
    /** The model was lost on a text: the engine or a worker failed. */
    WORKER_RESTARTING,
    /** A defect of the server: a result was not finite. */
    NON_FINITE_RESULT,
    /** Another defect of the server. */
    INTERNAL;

    /** Whether the model was lost on a text of the group, which says nothing about the group. */
    public boolean isLoss() {
      return this == DEVICE_OOM || this == NON_FINITE_EMBEDDING || this == WORKER_RESTARTING;
    }

    static Reason of(EmbeddingFailure failure) {
      return switch (failure) {
        case DEVICE_OOM -> DEVICE_OOM;
        case NON_FINITE_EMBEDDING -> NON_FINITE_EMBEDDING;
        case WORKER_RESTARTING -> WORKER_RESTARTING;
        case INTERNAL -> INTERNAL;
      };
    }
  }

  public GroupRejection {
    violations = ImmutableList.copyOf(violations);
  }
}
