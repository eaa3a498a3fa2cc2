// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.rpc.Status;
import io.gcpo.advantage.v1.AnswerOrigin;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.ServerTiming;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** One answer from the answers to the parts of a call. */
final class Joined {
  private static final Comparator<Duration> BY_LENGTH =
      Comparator.comparingLong(Duration::getSeconds).thenComparingInt(Duration::getNanos);

  private Joined() {}

  /** A part's answer, with paths into the call in place of paths into the part. */
  static ComputeAdvantagesResponse moved(ComputePart part, ComputeAdvantagesResponse answer) {
    ComputeAdvantagesResponse.Builder moved = answer.toBuilder();
    for (int i = 0; i < answer.getResultsCount(); i++) {
      GroupResult result = answer.getResults(i);
      if (result.hasError()) {
        Status error = FieldPaths.moved(result.getError(), part::position);
        moved.setResults(i, result.toBuilder().setError(error));
      }
    }
    return moved.build();
  }

  /**
   * All results in order, as the answer to the call {@code requestId}. The parts ran side by side:
   * durations are the longest of them.
   */
  static ComputeAdvantagesResponse of(String requestId, List<ComputeAdvantagesResponse> answers) {
    ComputeAdvantagesResponse first = answers.get(0);
    if (answers.size() == 1) {
      return first;
    }
    requireOneModel(answers.stream().map(ComputeAdvantagesResponse::getModel).toList());
    requireOneOrigin(answers.stream().map(ComputeAdvantagesResponse::getOrigin).toList());
    ComputeAdvantagesResponse.Builder joined = first.toBuilder().clearResults();
    answers.forEach(answer -> joined.addAllResults(answer.getResultsList()));
    List<ServerTiming> timings =
        answers.stream().map(ComputeAdvantagesResponse::getTiming).toList();
    return joined
        .setRequestId(requestId)
        .setTiming(
            ServerTiming.newBuilder()
                .setEmbeddingDuration(longest(timings, ServerTiming::getEmbeddingDuration))
                .setAdvantageDuration(longest(timings, ServerTiming::getAdvantageDuration))
                .setTokens(timings.stream().mapToLong(ServerTiming::getTokens).sum()))
        .build();
  }

  /** The first answer with the results at some places from a second. */
  static ComputeAdvantagesResponse replaced(
      ComputeAdvantagesResponse first, List<Integer> places, ComputeAdvantagesResponse second) {
    requireOneModel(List.of(first.getModel(), second.getModel()));
    requireOneOrigin(List.of(first.getOrigin(), second.getOrigin()));
    ComputeAdvantagesResponse.Builder joined = first.toBuilder();
    IntStream.range(0, places.size())
        .forEach(i -> joined.setResults(places.get(i), second.getResults(i)));
    return joined.setTiming(second.getTiming()).build();
  }

  /** All rows in order, as the answer to the call {@code requestId}. */
  static EmbedTextsResponse ofRows(String requestId, List<EmbedTextsResponse> answers) {
    EmbedTextsResponse first = answers.get(0);
    if (answers.size() == 1) {
      return first;
    }
    requireOneModel(answers.stream().map(EmbedTextsResponse::getModel).toList());
    requireOneOrigin(answers.stream().map(EmbedTextsResponse::getOrigin).toList());
    EmbedTextsResponse.Builder joined = first.toBuilder().clearTokens().clearTruncatedTokens();
    answers.forEach(
        answer ->
            joined
                .addAllTokens(answer.getTokensList())
                .addAllTruncatedTokens(answer.getTruncatedTokensList()));
    return joined
        .setRequestId(requestId)
        .setEmbeddingsF32Le(
            ByteString.copyFrom(
                answers.stream().map(EmbedTextsResponse::getEmbeddingsF32Le).toList()))
        .build();
  }

  /** Parts may have reached different servers; their answers are not to be mixed. */
  private static void requireOneModel(List<ModelIdentity> models) {
    models.forEach(
        model ->
            Expect.equal(
                "model.fingerprint", model.getFingerprint(), models.get(0).getFingerprint()));
  }

  /** Two versions of the server, or two engines, need not agree to the last digit. */
  private static void requireOneOrigin(List<AnswerOrigin> origins) {
    origins.forEach(origin -> Expect.equal("origin", described(origin), described(origins.get(0))));
  }

  private static String described(AnswerOrigin origin) {
    return "%s %s, %s %s on %s"
        .formatted(
            origin.getServerVersion(),
            origin.getServerCommit(),
            origin.getEngine(),
            origin.getEngineVersion(),
            origin.getDevice());
  }

  private static Duration longest(
      List<ServerTiming> timings, Function<ServerTiming, Duration> duration) {
    return timings.stream().map(duration).max(BY_LENGTH).orElse(Duration.getDefaultInstance());
  }
}
