// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import com.google.common.base.Stopwatch;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A file of groups on its way through a client: several requests in flight, so that the model never
 * waits for the file; results in the order of the file. One thread's.
 */
final class Scoring {
  private static final int GROUPS_PER_REQUEST = 32;
  private static final int BYTES_PER_REQUEST = 4 << 20;
  private static final int REQUESTS_IN_FLIGHT = 4;

  private final AdvantageClient client;
  private final ComputeAdvantagesRequest common;
  private final ResultsFile results;
  private final PrintWriter terminal;
  private final Progress progress;
  private final int groupsPerRequest;
  private final long bytesPerRequest;
  private final Stopwatch stopwatch = Stopwatch.createStarted();
  private final Deque<Batch> inFlight = new ArrayDeque<>();
  private int scored;
  private int failed;
  private long tokens;

  /**
   * Over a client.
   *
   * @param common every request, without its groups
   * @param groupsPerRequest 0: as many as is good for the throughput
   */
  Scoring(
      AdvantageClient client,
      ComputeAdvantagesRequest common,
      ResultsFile results,
      PrintWriter terminal,
      Progress progress,
      int groupsPerRequest) {
    this.client = client;
    this.common = common;
    this.results = results;
    this.terminal = terminal;
    this.progress = progress;
    // Who asks for a batch of so many groups gets it, or an error; never a smaller one.
    this.groupsPerRequest = groupsPerRequest == 0 ? GROUPS_PER_REQUEST : groupsPerRequest;
    this.bytesPerRequest = groupsPerRequest == 0 ? BYTES_PER_REQUEST : Long.MAX_VALUE;
  }

  /** Works through the file; a group that fails is reported and written as an error. */
  void run(GroupsFile file) throws IOException, InterruptedException {
    List<GroupsFile.Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (GroupsFile.Entry entry = file.next(); entry != null; entry = file.next()) {
      entries.add(entry);
      bytes += entry.group() == null ? 0 : entry.group().getSerializedSize();
      if (entries.size() == groupsPerRequest || bytes >= bytesPerRequest) {
        send(entries);
        entries = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!entries.isEmpty()) {
      send(entries);
    }
    while (!inFlight.isEmpty()) {
      finish(inFlight.remove());
    }
  }

  /** Lines without advantages. */
  int failed() {
    return failed;
  }

  /** One line for people. */
  String summary() {
    double seconds = stopwatch.elapsed(TimeUnit.MILLISECONDS) / 1e3;
    return String.format(
        Locale.ROOT,
        "%d groups scored, %d failed, %d tokens embedded, %.1f s",
        scored,
        failed,
        tokens,
        seconds);
  }

  private void send(List<GroupsFile.Entry> entries) throws IOException, InterruptedException {
    while (inFlight.size() >= REQUESTS_IN_FLIGHT) {
      finish(inFlight.remove());
    }
    ComputeAdvantagesRequest.Builder request = common.toBuilder();
    for (GroupsFile.Entry entry : entries) {
      if (entry.group() != null) {
        request.addGroups(entry.group());
      }
    }
    inFlight.add(
        new Batch(
            entries,
            request.getGroupsCount() == 0
                ? CompletableFuture.completedFuture(ComputeAdvantagesResponse.getDefaultInstance())
                : client.computeAsync(request.build())));
  }

  private void finish(Batch batch) throws IOException, InterruptedException {
    try {
      ComputeAdvantagesResponse response = batch.response().get();
      tokens += response.getTiming().getTokens();
      int next = 0;
      for (GroupsFile.Entry entry : batch.entries()) {
        write(entry, entry.group() == null ? broken(entry) : response.getResults(next++));
      }
    } catch (ExecutionException failure) {
      writeFailure(batch, FailedCall.statusOf(failure));
    }
    progress.advance(batch.entries().size());
  }

  /** A call that failed as a whole is reported once, and each of its groups written as failed. */
  private void writeFailure(Batch batch, Status status) throws IOException {
    List<GroupsFile.Entry> entries = batch.entries();
    terminal.println(
        "lines %d to %d: %s"
            .formatted(
                entries.get(0).line(),
                entries.get(entries.size() - 1).line(),
                status.getMessage()));
    for (GroupsFile.Entry entry : entries) {
      if (entry.group() == null) {
        write(entry, broken(entry));
      } else {
        failed++;
        results.write(error(entry.group().getGroupId(), status));
      }
    }
  }

  private void write(GroupsFile.Entry entry, GroupResult result) throws IOException {
    results.write(result);
    if (result.hasError()) {
      failed++;
      terminal.println("line %d: %s".formatted(entry.line(), result.getError().getMessage()));
    } else {
      scored++;
    }
  }

  private static GroupResult broken(GroupsFile.Entry entry) {
    return error(
        "",
        Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT.getNumber())
            .setMessage(entry.problem())
            .build());
  }

  private static GroupResult error(String groupId, Status status) {
    return GroupResult.newBuilder().setGroupId(groupId).setError(status).build();
  }

  /** Lines of the file and the answer that is to come for the sound ones among them. */
  private record Batch(
      List<GroupsFile.Entry> entries, CompletableFuture<ComputeAdvantagesResponse> response) {}
}
