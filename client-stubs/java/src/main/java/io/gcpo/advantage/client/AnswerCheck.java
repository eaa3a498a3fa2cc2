// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.GoldOutcome;
import io.gcpo.advantage.v1.GoldResult;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** Compares an answer with its question: everything asked for is there, once, in order, finite. */
final class AnswerCheck {
  private AnswerCheck() {}

  /** Returns the answer, or throws {@link InvalidAnswerException}. */
  static ComputeAdvantagesResponse checked(
      ComputeAdvantagesRequest request, ComputeAdvantagesResponse answer) {
    requireEqual("request_id", answer.getRequestId(), request.getRequestId());
    requireModel(answer.getModel(), request.getModel());
    requireLength("results", answer.getResultsCount(), request.getGroupsCount());
    for (int i = 0; i < request.getGroupsCount(); i++) {
      checkGroup("results[" + i + "]", request.getGroups(i), answer.getResults(i));
      checkSimilarity(
          "results[" + i + "].advantages.similarity_f64_le",
          request.getOutput().getSimilarity(),
          answer.getResults(i));
    }
    return answer;
  }

  /** Returns the answer, or throws {@link InvalidAnswerException}. */
  static EmbedTextsResponse checked(EmbedTextsRequest request, EmbedTextsResponse answer) {
    requireEqual("request_id", answer.getRequestId(), request.getRequestId());
    requireModel(answer.getModel(), request.getModel());
    int dimension = answer.getModel().getDimension();
    if (dimension <= 0) {
      throw new InvalidAnswerException("model.dimension", dimension, ">= 1");
    }
    long expected = (long) request.getTextsCount() * dimension * Float.BYTES;
    if (answer.getEmbeddingsF32Le().size() != expected) {
      throw new InvalidAnswerException(
          "embeddings_f32_le", answer.getEmbeddingsF32Le().size() + " bytes", expected + " bytes");
    }
    FloatBuffer numbers =
        answer
            .getEmbeddingsF32Le()
            .asReadOnlyByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    while (numbers.hasRemaining()) {
      float number = numbers.get();
      if (!Float.isFinite(number)) {
        throw new InvalidAnswerException("embeddings_f32_le", number, "finite");
      }
    }
    return answer;
  }

  /** Returns the answer, or throws {@link InvalidAnswerException}. */
  static SubmitRolloutsResponse checked(
      SubmitRolloutsRequest request, SubmitRolloutsResponse answer) {
    requireEqual("request_id", answer.getRequestId(), request.getRequestId());
    requireModel(answer.getModel(), request.getModel());
    requireLength("content_sha256", answer.getContentSha256Count(), request.getTextsCount());
    return answer;
  }

  /** A server that does not know the field would answer with whatever model it has. */
  private static void requireModel(ModelIdentity model, String asked) {
    if (!asked.isEmpty()) {
      requireEqual("model.name", model.getName(), asked);
    }
  }

  private static void checkGroup(String path, RolloutGroup group, GroupResult result) {
    requireEqual(path + ".group_id", result.getGroupId(), group.getGroupId());
    switch (result.getOutcomeCase()) {
      case ADVANTAGES -> {
        GroupAdvantages advantages = result.getAdvantages();
        checkRollouts(
            path + ".advantages.rollouts", group.getRolloutsList(), advantages.getRolloutsList());
        checkGold(path + ".advantages.gold", group.getRolloutsList(), advantages.getGold());
      }
      case ERROR -> {
        if (result.getError().getCode() == 0) {
          throw new InvalidAnswerException(path + ".error.code", 0, "a code other than OK");
        }
      }
      case OUTCOME_NOT_SET ->
          throw new InvalidAnswerException(path + ".outcome", "unset", "advantages or error");
    }
  }

  /** The matrix [n, n] is there where it was asked for. */
  private static void checkSimilarity(String path, boolean asked, GroupResult result) {
    if (asked && result.hasAdvantages()) {
      GroupAdvantages advantages = result.getAdvantages();
      long rollouts = advantages.getRolloutsCount();
      long expected = rollouts * rollouts * Double.BYTES;
      if (advantages.getSimilarityF64Le().size() != expected) {
        throw new InvalidAnswerException(
            path, advantages.getSimilarityF64Le().size() + " bytes", expected + " bytes");
      }
    }
  }

  private static void checkRollouts(
      String path, List<Rollout> rollouts, List<RolloutAdvantage> advantages) {
    requireLength(path, advantages.size(), rollouts.size());
    for (int i = 0; i < advantages.size(); i++) {
      RolloutAdvantage advantage = advantages.get(i);
      String here = path + "[" + i + "]";
      requireEqual(here + ".rollout_id", advantage.getRolloutId(), rollouts.get(i).getRolloutId());
      requireFinite(here + ".advantage", advantage.getAdvantage());
      requireFinite(here + ".credit", advantage.getCredit());
      requireFinite(here + ".scaled_credit", advantage.getScaledCredit());
      requireFinite(here + ".credit_standard_error", advantage.getCreditStandardError());
      requireFinite(here + ".importance_ratio", advantage.getImportanceRatio());
    }
  }

  private static void checkGold(String path, List<Rollout> rollouts, GoldResult gold) {
    if (gold.getOutcome() != GoldOutcome.GOLD_OUTCOME_REPLACED) {
      return;
    }
    if (Integer.compareUnsigned(gold.getReplacedIndex(), rollouts.size()) >= 0) {
      throw new InvalidAnswerException(
          path + ".replaced_index",
          Integer.toUnsignedString(gold.getReplacedIndex()),
          "below " + rollouts.size());
    }
    requireEqual(
        path + ".replaced_rollout_id",
        gold.getReplacedRolloutId(),
        rollouts.get(gold.getReplacedIndex()).getRolloutId());
    requireFinite(path + ".advantage", gold.getAdvantage());
    requireFinite(path + ".credit", gold.getCredit());
    requireFinite(path + ".scaled_credit", gold.getScaledCredit());
    requireFinite(path + ".importance_ratio", gold.getImportanceRatio());
  }

  private static void requireEqual(String path, String value, String expected) {
    if (!value.equals(expected)) {
      throw new InvalidAnswerException(path, "\"" + value + "\"", "\"" + expected + "\"");
    }
  }

  private static void requireLength(String path, int length, int expected) {
    if (length != expected) {
      throw new InvalidAnswerException(path, "length " + length, "length " + expected);
    }
  }

  private static void requireFinite(String path, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidAnswerException(path, value, "finite");
    }
  }
}
