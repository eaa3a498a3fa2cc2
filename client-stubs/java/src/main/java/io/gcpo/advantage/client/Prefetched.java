// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.rpc.ErrorInfo;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.DiversityMetric;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/** Requests whose texts were submitted before. */
final class Prefetched {
  private static final String CONTENT_NOT_FOUND = "CONTENT_NOT_FOUND";
  private static final Set<DiversityMetric> METRICS_OF_TEXTS =
      Set.of(
          DiversityMetric.DIVERSITY_METRIC_DISTINCT_N,
          DiversityMetric.DIVERSITY_METRIC_SELF_BLEU,
          DiversityMetric.DIVERSITY_METRIC_UNIQUE_TEXT_RATIO);

  private Prefetched() {}

  /**
   * The request with a hash in place of every rollout's text; the same where a metric needs texts.
   * Kernels of text still read the text: the answer must not depend on what was submitted before.
   */
  static ComputeAdvantagesRequest withHashes(ComputeAdvantagesRequest request) {
    if (request.getOutput().getMetricsList().stream().anyMatch(METRICS_OF_TEXTS::contains)) {
      return request;
    }
    ComputeAdvantagesRequest.Builder hashed = request.toBuilder();
    for (RolloutGroup.Builder group : hashed.getGroupsBuilderList()) {
      for (Rollout.Builder rollout : group.getRolloutsBuilderList()) {
        if (rollout.hasText()) {
          String text = rollout.getText();
          if (!rollout.hasKernelText()) {
            rollout.setKernelText(text);
          }
          rollout.setContentSha256(sha256(text));
        }
      }
    }
    return hashed.build();
  }

  /** Whether the server lacks a text that a hash stood for. */
  static boolean lacksText(ComputeAdvantagesResponse answer) {
    return answer.getResultsList().stream().anyMatch(Prefetched::lacksText);
  }

  private static boolean lacksText(GroupResult result) {
    return result.getError().getDetailsList().stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .anyMatch(detail -> reason(detail).equals(CONTENT_NOT_FOUND));
  }

  private static String reason(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException malformed) {
      return "";
    }
  }

  private static ByteString sha256(String text) {
    try {
      return UnsafeByteOperations.unsafeWrap(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("SHA-256: absent (expected: in every Java runtime)", absent);
    }
  }
}
