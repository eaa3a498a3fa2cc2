// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import com.google.rpc.ErrorInfo;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.AdvantageServiceGrpc.AdvantageServiceBlockingStub;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;

/**
 * Calls with known answers, and what becomes of them: right, refused as the faults allow, or one of
 * what must not be. Thread-safe.
 */
final class FailpointLoad {
  private static final long DEADLINE_MILLIS = 20_000;

  /** Statuses that a defect of ours, or of the model, may bring. */
  private static final Set<Code> ALLOWED = Set.of(Code.UNAVAILABLE, Code.INTERNAL);

  private final Channel channel;
  private final Questions questions;
  private final FaultReport report;
  private final Set<String> odd = new ConcurrentSkipListSet<>();
  private volatile String run = "";
  private volatile boolean mayRefuse;

  FailpointLoad(Channel channel, Questions questions, FaultReport report) {
    this.channel = channel;
    this.questions = questions;
    this.report = report;
  }

  /** From now on calls belong to {@code name}, and may be refused or not. */
  void begin(String name, boolean refusable) {
    run = name;
    mayRefuse = refusable;
  }

  /** What should not have been, in words. */
  Set<String> odd() {
    return odd;
  }

  /** One call of some kind. */
  void call(Random random) {
    long begin = System.nanoTime();
    try {
      switch (random.nextInt(4)) {
        case 0 -> embed(questions.someTexts(random));
        case 1 -> stream(questions.someGroups(random));
        default -> compute(questions.someGroups(random), random.nextBoolean());
      }
    } catch (StatusRuntimeException refused) {
      check(refused);
    }
    if (System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS + 1_000)) {
      odd.add(run + ": hung");
      report.hung();
    }
  }

  /** With an id that others use too, for the same, the call may share its work with theirs. */
  private void compute(List<RolloutGroup> groups, boolean withId) {
    ComputeAdvantagesRequest.Builder request =
        ComputeAdvantagesRequest.newBuilder().addAllGroups(groups);
    if (withId) {
      request.setRequestId(groups.size() + "-from-" + groups.get(0).getGroupId());
    }
    check(groups, stub().computeAdvantages(request.build()).getResultsList());
  }

  private void embed(EmbedTextsRequest texts) {
    count(questions.isRight(texts, stub().embedTexts(texts)), "embeddings");
  }

  private void stream(List<RolloutGroup> groups) {
    check(groups, StreamedGroups.ask(channel, DEADLINE_MILLIS, groups));
  }

  private AdvantageServiceBlockingStub stub() {
    return AdvantageServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void check(List<RolloutGroup> groups, List<GroupResult> results) {
    for (int i = 0; i < groups.size(); i++) {
      GroupResult result = results.get(i);
      if (result.hasError()) {
        refused(result.getError());
      } else {
        count(questions.isRight(groups.get(i), result), groups.get(i).getGroupId());
      }
    }
  }

  private void check(StatusRuntimeException refused) {
    com.google.rpc.Status status = StatusProto.fromThrowable(refused);
    if (refused.getStatus().getCode() == Code.DEADLINE_EXCEEDED) {
      odd.add(run + ": hung: " + refused.getStatus());
      report.hung();
    } else if (status == null) {
      lost(refused.getStatus());
    } else {
      refused(status);
    }
  }

  private void refused(com.google.rpc.Status status) {
    Code code = io.grpc.Status.fromCodeValue(status.getCode()).getCode();
    boolean saysWhy = status.getDetailsList().stream().anyMatch(d -> d.is(ErrorInfo.class));
    if (mayRefuse && saysWhy && ALLOWED.contains(code)) {
      report.refused();
    } else {
      lost(status);
    }
  }

  private void lost(Object status) {
    odd.add(run + ": lost: " + status);
    report.lost();
  }

  private void count(boolean right, String what) {
    if (right) {
      report.answered();
    } else {
      odd.add(run + ": wrong: " + what);
      report.wrong();
    }
  }
}
