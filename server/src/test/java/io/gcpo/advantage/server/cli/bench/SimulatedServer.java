// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Works on one call after the other in virtual time, each as long as it is told. */
final class SimulatedServer implements Target {
  static final long MILLI = 1_000_000;

  final List<Long> sentNanos = new ArrayList<>();
  private final VirtualTime time;
  private final long begin;
  private long freeAt;
  private long serviceNanos = MILLI;
  private long sendingNanos;
  private int answers = Integer.MAX_VALUE;
  private Runnable onCall = () -> {};

  SimulatedServer(VirtualTime time) {
    this.time = time;
    this.begin = time.nanos();
  }

  /** Does nothing between two instants of the run. */
  SimulatedServer stalls(long fromMillis, long toMillis) {
    time.at(begin + fromMillis * MILLI, () -> freeAt = begin + toMillis * MILLI);
    return this;
  }

  /** Sending a call takes the driver's thread so long. */
  SimulatedServer sendingTakes(long millis) {
    sendingNanos = millis * MILLI;
    return this;
  }

  SimulatedServer answersOnly(int answers) {
    this.answers = answers;
    return this;
  }

  SimulatedServer onCall(Runnable action) {
    onCall = action;
    return this;
  }

  @Override
  public CompletableFuture<ComputeAdvantagesResponse> compute(
      Slot slot, ComputeAdvantagesRequest request) {
    ComputeAdvantagesResponse.Builder answer = ComputeAdvantagesResponse.newBuilder();
    request
        .getGroupsList()
        .forEach(
            group ->
                answer.addResults(
                    GroupResult.newBuilder().setAdvantages(GroupAdvantages.getDefaultInstance())));
    return answer(answer.build());
  }

  @Override
  public CompletableFuture<SubmitRolloutsResponse> submit(
      Slot slot, SubmitRolloutsRequest request) {
    return answer(SubmitRolloutsResponse.newBuilder().addTokens(3).build());
  }

  private <A> CompletableFuture<A> answer(A answer) {
    CompletableFuture<A> future = new CompletableFuture<>();
    sentNanos.add(time.nanos() - begin);
    time.work(sendingNanos);
    onCall.run();
    if (sentNanos.size() <= answers) {
      freeAt = Math.max(freeAt, time.nanos()) + serviceNanos;
      time.at(freeAt, () -> future.complete(answer));
    }
    return future;
  }
}
