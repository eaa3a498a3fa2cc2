// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.Duration;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.ServerTiming;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The newest answer to each group of a call. Used by one thread after the other. */
final class GroupAnswers {
  private static final Comparator<Duration> BY_LENGTH =
      Comparator.comparingLong(Duration::getSeconds).thenComparingInt(Duration::getNanos);

  private final List<GroupResult> results;

  /** Which answer brought it. */
  private final List<ComputeAdvantagesResponse> bringers;

  /** How often the model was lost on it. */
  private final int[] losses;

  private ComputeAdvantagesResponse last = ComputeAdvantagesResponse.getDefaultInstance();

  GroupAnswers(int groups) {
    results = new ArrayList<>(Collections.nCopies(groups, GroupResult.getDefaultInstance()));
    bringers =
        new ArrayList<>(
            Collections.nCopies(groups, ComputeAdvantagesResponse.getDefaultInstance()));
    losses = new int[groups];
  }

  /** Takes the answer to the groups at these places. */
  synchronized void put(List<Integer> places, ComputeAdvantagesResponse answer) {
    last = answer;
    for (int i = 0; i < places.size(); i++) {
      int place = places.get(i);
      results.set(place, answer.getResults(i));
      bringers.set(place, answer);
      if (LostGroups.isLost(answer.getResults(i))) {
        losses[place]++;
      }
    }
  }

  synchronized List<GroupResult> results() {
    return List.copyOf(results);
  }

  /** The places of all groups that may be sent once more. */
  synchronized List<Integer> allowed() {
    return IntStream.range(0, losses.length)
        .filter(place -> losses[place] < RetryPolicy.MAX_LOSSES)
        .boxed()
        .toList();
  }

  /** The places of those that failed for the moment, and may be sent once more. */
  synchronized List<Integer> momentary() {
    return allowed().stream().filter(place -> LostGroups.isMomentary(results.get(place))).toList();
  }

  /** Whether a server says that it normalised over several groups. */
  synchronized boolean normalisedTogether() {
    return results.stream().anyMatch(result -> result.getAdvantages().getBatchGroups() > 0);
  }

  /** Where the numbers come from, by place; an error holds none. */
  synchronized Map<Integer, Source> sources() {
    Map<Integer, Source> sources = new TreeMap<>();
    IntStream.range(0, results.size())
        .filter(i -> !results.get(i).hasError())
        .forEach(i -> sources.put(i, source(bringers.get(i))));
    return sources;
  }

  /** The same of some places, in their order. */
  List<Source> sources(List<Integer> places) {
    Map<Integer, Source> sources = sources();
    return places.stream().filter(sources::containsKey).map(sources::get).toList();
  }

  /**
   * All results in order, as the answer to the call {@code requestId}. What ran side by side took
   * as long as the longest of it.
   *
   * @throws InvalidAnswerException where they do not come from one server and one model
   */
  synchronized ComputeAdvantagesResponse joined(String requestId) {
    Map<Integer, Source> sources = sources();
    Source.requireOne(List.copyOf(sources.values()));
    // Without numbers it does not matter whose answer it is.
    ComputeAdvantagesResponse first =
        sources.keySet().stream().findFirst().map(bringers::get).orElse(last);
    Set<ComputeAdvantagesResponse> parts =
        bringers.stream()
            .collect(
                Collectors.toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
    List<ServerTiming> timings = parts.stream().map(ComputeAdvantagesResponse::getTiming).toList();
    ComputeAdvantagesResponse.Builder joined =
        first.toBuilder().setRequestId(requestId).clearResults().addAllResults(results);
    if (timings.size() > 1) {
      joined.setTiming(
          ServerTiming.newBuilder()
              .setEmbeddingDuration(longest(timings, ServerTiming::getEmbeddingDuration))
              .setAdvantageDuration(longest(timings, ServerTiming::getAdvantageDuration))
              .setTokens(timings.stream().mapToLong(ServerTiming::getTokens).sum()));
    }
    return joined.build();
  }

  private static Source source(ComputeAdvantagesResponse answer) {
    return Source.of(answer.getModel(), answer.getOrigin());
  }

  private static Duration longest(
      List<ServerTiming> timings, Function<ServerTiming, Duration> duration) {
    return timings.stream().map(duration).max(BY_LENGTH).orElse(Duration.getDefaultInstance());
  }
}
