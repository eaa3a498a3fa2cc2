// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the server's memory stays flat: mixed load from several callers on a server process with
 * a heap of 1 GiB, its resident memory once every ten seconds.
 *
 * <pre>{@code
 * mvn -q -Pbench package -Dbench.main=io.gcpo.advantage.server.ResidentMemory \
 *   "-Dbench.args=/path/to/gsm8k_groups.jsonl 10"
 * }</pre>
 *
 * <p>Arguments: a file of groups and a number of minutes. The load: advantages of 1 to 32 real
 * groups, half of their texts never seen before, others known to the cache; embeddings of up to 200
 * texts; texts of several windows; callers that give up; requests that are refused.
 */
public final class ResidentMemory {
  private static final int CALLERS = 6;
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final List<RolloutGroup> groups;
  private final String target;
  private final long begin = System.nanoTime();
  private final long end;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  private ResidentMemory(List<RolloutGroup> groups, String target, long end) {
    this.groups = groups;
    this.target = target;
    this.end = end;
  }

  /** See above. */
  public static void main(String[] args) throws Exception {
    List<RolloutGroup> groups = RolloutFile.groups(Path.of(args[0]));
    Path folder = Files.createTempDirectory("resident-memory");
    try (ServerProcess server = ServerProcess.start(folder, List.of("-Xmx1g"))) {
      long end = System.nanoTime() + Duration.ofMinutes(Long.parseLong(args[1])).toNanos();
      new ResidentMemory(groups, server.target(), end).run(server.process());
    }
  }

  private void run(Process server) throws Exception {
    long half = begin + (end - begin) / 2;
    List<CompletableFuture<?>> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      Random random = new Random(caller);
      CompletableFuture<Void> done = new CompletableFuture<>();
      new Thread(() -> call(random, done)).start();
      callers.add(done);
    }
    long warm = 0;
    long most = 0;
    while (System.nanoTime() < end) {
      if (server.waitFor(PERIOD.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("server: exit " + server.exitValue());
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
      long resident = residentMebibytes(server.pid());
      System.out.printf(
          "%4d s %5d MiB, %d answered, %d refused or given up%n",
          elapsed.toSeconds(), resident, answered.get(), failed.get());
      if (System.nanoTime() < half) {
        warm = Math.max(warm, resident);
      } else {
        most = Math.max(most, resident);
      }
    }
    CompletableFuture.allOf(callers.toArray(CompletableFuture<?>[]::new)).get();
    System.out.printf(
        "most in the first half: %d MiB; most in the second: %d MiB, ratio %.3f%n",
        warm, most, (double) most / warm);
  }

  private void call(Random random, CompletableFuture<Void> done) {
    try (AdvantageClient patient = AdvantageClient.connect(target);
        AdvantageClient hasty =
            AdvantageClient.connect(
                AdvantageClientOptions.builder(target).deadline(Duration.ofMillis(60)).build())) {
      while (System.nanoTime() < end) {
        try {
          int kind = random.nextInt(10);
          if (kind < 6) {
            patient.compute(request(random, random.nextBoolean() ? "" : "" + random.nextLong()));
          } else if (kind == 6) {
            patient.embed(texts(random, 1 + random.nextInt(200), 1));
          } else if (kind == 7) {
            patient.embed(texts(random, 4, 50));
          } else if (kind == 8) {
            hasty.compute(request(random, "" + random.nextLong()));
          } else {
            patient.compute(ComputeAdvantagesRequest.getDefaultInstance());
          }
          answered.incrementAndGet();
        } catch (StatusRuntimeException refused) {
          failed.incrementAndGet();
        }
      }
      done.complete(null);
    } catch (RuntimeException | Error broken) {
      done.completeExceptionally(broken);
    }
  }

  /** Some groups; {@code suffix} makes their texts new. */
  private ComputeAdvantagesRequest request(Random random, String suffix) {
    ComputeAdvantagesRequest.Builder request =
        ComputeAdvantagesRequest.newBuilder()
            .setConfig(
                AdvantageConfig.newBuilder()
                    .setEstimator(
                        random.nextBoolean()
                            ? Estimator.ESTIMATOR_GCPO_COOPERATIVE
                            : Estimator.ESTIMATOR_GRPO));
    int from = random.nextInt(groups.size());
    int count = 1 + random.nextInt(32);
    for (RolloutGroup group : groups.subList(from, Math.min(groups.size(), from + count))) {
      RolloutGroup.Builder changed = group.toBuilder();
      for (Rollout.Builder rollout : changed.getRolloutsBuilderList()) {
        rollout.setText(rollout.getText() + suffix);
      }
      request.addGroups(changed);
    }
    return request.build();
  }

  private EmbedTextsRequest texts(Random random, int count, int repeats) {
    EmbedTextsRequest.Builder request = EmbedTextsRequest.newBuilder();
    for (int i = 0; i < count; i++) {
      RolloutGroup group = groups.get(random.nextInt(groups.size()));
      request.addTexts((group.getRollouts(0).getText() + random.nextInt()).repeat(repeats));
    }
    return request.build();
  }

  private static long residentMebibytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("VmRSS: missing");
  }
}
