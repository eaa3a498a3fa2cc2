// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import com.google.protobuf.util.JsonFormat;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.onnx.BareOnnxLoop;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.RolloutGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * The whole service, from groups over gRPC to advantages, against a bare ONNX Runtime loop over the
 * same texts, in one run: tokens per second, special tokens included, padding not.
 *
 * <pre>{@code
 * mvn -q -Pbench package -Dbench.main=io.gcpo.advantage.server.ServiceThroughput \
 *   "-Dbench.args=/path/to/gsm8k_groups.jsonl 3"
 * }</pre>
 *
 * <p>Arguments: a file of groups and the number of rounds. The bare loop is given token ids and
 * sorts them by length; its best token budget counts. The service tokenises, embeds, computes and
 * answers. Each round runs every variant once, so that a busy machine slows all of them alike; a
 * variant's best round counts.
 */
public final class ServiceThroughput {
  private static final int[] BUDGETS = {512, 1024, 2048, 4096};
  private static final int GROUPS_PER_REQUEST = 32;
  private static final int REQUESTS_IN_FLIGHT = 4;

  private ServiceThroughput() {}

  /** See above. */
  public static void main(String[] args) throws Exception {
    List<RolloutGroup> groups = read(Path.of(args[0]));
    int rounds = Integer.parseInt(args[1]);
    ModelDirectory model =
        ModelDirectory.read(
            Path.of(Objects.requireNonNull(System.getProperty("gcpo.model.directory"))),
            OptionalInt.empty());
    try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(model.tokenizerFile());
        BareOnnxLoop bare = new BareOnnxLoop(model.modelFile(), tokenizer);
        TestServer server = TestServer.real()) {
      List<TokenIds> contents = new ArrayList<>();
      groups.forEach(
          group ->
              group.getRolloutsList().forEach(r -> contents.add(tokenizer.encode(r.getText()))));
      long tokens =
          contents.stream().mapToLong(c -> c.length() + tokenizer.specialTokens().count()).sum();
      double[] bareSeconds = new double[BUDGETS.length];
      Arrays.fill(bareSeconds, Double.POSITIVE_INFINITY);
      double serviceSeconds = Double.POSITIVE_INFINITY;
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < BUDGETS.length; i++) {
          long begin = System.nanoTime();
          bare.run(contents, BUDGETS[i], model.maxInputTokens());
          bareSeconds[i] = Math.min(bareSeconds[i], (System.nanoTime() - begin) / 1e9);
        }
        long begin = System.nanoTime();
        score(server, groups);
        serviceSeconds = Math.min(serviceSeconds, (System.nanoTime() - begin) / 1e9);
      }
      System.out.printf("%d groups, %d texts, %d tokens%n", groups.size(), contents.size(), tokens);
      double best = 0;
      for (int i = 0; i < BUDGETS.length; i++) {
        best = Math.max(best, tokens / bareSeconds[i]);
        System.out.printf(
            "bare loop, budget %-5d %8.0f tokens/s%n", BUDGETS[i], tokens / bareSeconds[i]);
      }
      double rate = tokens / serviceSeconds;
      System.out.printf("service over gRPC       %8.0f tokens/s, ratio %.3f%n", rate, rate / best);
    }
  }

  private static void score(TestServer server, List<RolloutGroup> groups) throws Exception {
    Deque<CompletableFuture<ComputeAdvantagesResponse>> inFlight = new ArrayDeque<>();
    for (int from = 0; from < groups.size(); from += GROUPS_PER_REQUEST) {
      if (inFlight.size() == REQUESTS_IN_FLIGHT) {
        inFlight.remove().get();
      }
      List<RolloutGroup> part =
          groups.subList(from, Math.min(from + GROUPS_PER_REQUEST, groups.size()));
      inFlight.add(
          server
              .client()
              .computeAsync(ComputeAdvantagesRequest.newBuilder().addAllGroups(part).build()));
    }
    for (CompletableFuture<ComputeAdvantagesResponse> last : inFlight) {
      last.get();
    }
  }

  private static List<RolloutGroup> read(Path file) throws Exception {
    List<RolloutGroup> groups = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      RolloutGroup.Builder group = RolloutGroup.newBuilder();
      JsonFormat.parser().merge(line, group);
      groups.add(group.build());
    }
    return groups;
  }
}
