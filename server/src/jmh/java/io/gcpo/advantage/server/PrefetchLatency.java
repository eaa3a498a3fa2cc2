// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How long one request of 256 groups of 8 takes over gRPC on loopback: with nothing known, again by
 * text, and by hash after its texts were submitted rollout group by rollout group.
 *
 * <pre>{@code
 * mvn -q -Pbench package -Dbench.main=io.gcpo.advantage.server.PrefetchLatency \
 *   "-Dbench.args=/path/to/gsm8k_groups.jsonl 20"
 * }</pre>
 *
 * <p>Arguments: a file of groups, whose rollouts are used again, with a mark that makes them
 * different texts, until there are 256 x 8; and the number of repetitions of the short calls, of
 * which the median counts. The long call runs once, after a request of other texts that warms up.
 */
public final class PrefetchLatency {
  private static final int GROUPS = 256;
  private static final int ROLLOUTS = 8;

  private PrefetchLatency() {}

  /** See above. */
  public static void main(String[] args) throws Exception {
    List<Rollout> rollouts = RolloutFile.rollouts(Path.of(args[0]));
    int repetitions = Integer.parseInt(args[1]);
    ComputeAdvantagesRequest request = request(rollouts, "", GROUPS);
    try (TestServer server = TestServer.real(Map.of());
        AdvantageClient client = connect(server)) {
      client.compute(request(rollouts, "warm-up ", 16));
      double first = milliseconds(() -> client.compute(request));
      double again = median(repetitions, () -> client.compute(request));
      double prefetched = median(repetitions, () -> client.computePrefetched(request).join());
      System.out.printf(
          "%d groups x %d: nothing known %.0f ms, again by text %.1f ms (%.0f x),"
              + " submitted before %.1f ms (%.2f %%)%n",
          GROUPS, ROLLOUTS, first, again, first / again, prefetched, 100 * prefetched / first);
    }
    try (TestServer server = TestServer.real(Map.of());
        AdvantageClient client = connect(server)) {
      client.compute(request(rollouts, "warm-up ", 16));
      double submitted = milliseconds(() -> submit(client, request));
      double compute = milliseconds(() -> client.computePrefetched(request).join());
      System.out.printf(
          "submitted a group at a time in %.0f ms; the first request by hash then %.1f ms%n",
          submitted, compute);
    }
  }

  private static void submit(AdvantageClient client, ComputeAdvantagesRequest request) {
    request.getGroupsList().stream()
        .map(
            group ->
                SubmitRolloutsRequest.newBuilder()
                    .addAllTexts(group.getRolloutsList().stream().map(Rollout::getText).toList())
                    .build())
        .map(client::submit)
        .toList()
        .forEach(CompletableFuture::join);
  }

  private static AdvantageClient connect(TestServer server) {
    return AdvantageClient.connect(
        AdvantageClientOptions.builder("127.0.0.1:" + server.port())
            .deadline(Duration.ofMinutes(10))
            .build());
  }

  private static double median(int repetitions, Runnable call) {
    double[] times = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      times[i] = milliseconds(call);
    }
    Arrays.sort(times);
    return times[repetitions / 2];
  }

  private static double milliseconds(Runnable call) {
    long begin = System.nanoTime();
    call.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static ComputeAdvantagesRequest request(List<Rollout> rollouts, String mark, int groups) {
    ComputeAdvantagesRequest.Builder request = ComputeAdvantagesRequest.newBuilder();
    for (int i = 0; i < groups; i++) {
      RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId("g" + i);
      for (int j = 0; j < ROLLOUTS; j++) {
        int position = i * ROLLOUTS + j;
        Rollout rollout = rollouts.get(position % rollouts.size());
        int pass = position / rollouts.size();
        String text = mark + (pass == 0 ? "" : "(" + pass + ") ") + rollout.getText();
        group.addRollouts(rollout.toBuilder().setText(text));
      }
      request.addGroups(group);
    }
    return request.build();
  }
}
