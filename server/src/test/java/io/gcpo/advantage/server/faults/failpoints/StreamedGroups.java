// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Groups on a stream of their own, without a client that would send any of them again. */
final class StreamedGroups implements StreamObserver<StreamAdvantagesResponse> {
  private final Map<String, GroupResult> results = new ConcurrentHashMap<>();
  private final CompletableFuture<Map<String, GroupResult>> end = new CompletableFuture<>();

  private StreamedGroups() {}

  /** Their results in their order; throws what the stream ends with, if it is no good end. */
  static List<GroupResult> ask(Channel channel, long deadlineMillis, List<RolloutGroup> groups) {
    StreamedGroups answers = new StreamedGroups();
    StreamObserver<StreamAdvantagesRequest> questions =
        AdvantageServiceGrpc.newStub(channel)
            .withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS)
            .streamAdvantages(answers);
    questions.onNext(
        StreamAdvantagesRequest.newBuilder().setHeader(StreamHeader.getDefaultInstance()).build());
    groups.forEach(
        group -> questions.onNext(StreamAdvantagesRequest.newBuilder().setGroup(group).build()));
    questions.onCompleted();
    Map<String, GroupResult> results = answers.join();
    return groups.stream()
        .map(group -> Objects.requireNonNull(results.get(group.getGroupId())))
        .toList();
  }

  @Override
  public void onNext(StreamAdvantagesResponse answer) {
    results.put(answer.getResult().getGroupId(), answer.getResult());
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    end.complete(results);
  }

  private Map<String, GroupResult> join() {
    try {
      return end.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StatusRuntimeException status) {
        throw status;
      }
      throw new StatusRuntimeException(Status.UNKNOWN.withCause(e));
    }
  }
}
