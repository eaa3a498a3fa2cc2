// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EmbedderRun;
import io.gcpo.advantage.server.embedding.EncodingEngine;
import io.gcpo.advantage.server.embedding.SentenceTransformersBaseline;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.nd4j.Nd4jEngine;
import io.gcpo.advantage.server.embedding.onnx.BareOnnxLoop;
import io.gcpo.advantage.server.embedding.onnx.OnnxEngine;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import io.gcpo.advantage.server.testing.Models;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The whole service, from groups over gRPC to advantages, against a bare ONNX Runtime loop and
 * against sentence-transformers over the same texts; then ND4J against ONNX Runtime; then what a
 * cache and prefetching spare. One run: tokens a second, special tokens included, padding not.
 *
 * <pre>{@code
 * mvn -q -Pbench package \
 *   "-Dbench.main=-Dbench.python=/path/to/python io.gcpo.advantage.server.ServiceThroughput" \
 *   "-Dbench.args=/path/to/gsm8k_groups.jsonl 3"
 * }</pre>
 *
 * <p>Arguments: a file of groups and the number of rounds. The Python needs sentence-transformers
 * and onnx. The bare loop is given token ids and sorts them by length; its best token budget
 * counts. The service tokenises, embeds, computes and answers; sentence-transformers tokenises and
 * embeds. The service keeps no cache where it is compared with them.
 */
public final class ServiceThroughput {
  private static final int[] BUDGETS = {512, 1024, 2048, 4096};
  private static final int[] BATCH_SIZES = {8, 32};
  private static final int GROUPS_PER_REQUEST = 32;
  private static final int REQUESTS_IN_FLIGHT = 4;
  private static final int TEXTS_FOR_ENGINES = 600;
  private static final int REPETITIONS_OF_SHORT_CALLS = 20;

  private ServiceThroughput() {}

  /** See above. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    ModelDirectory model =
        Models.read(Path.of(Objects.requireNonNull(System.getProperty("gcpo.model.directory"))));
    compareService(file, rounds, model);
    compareEngines(file, rounds, model);
    PrefetchLatency.main(new String[] {args[0], Integer.toString(REPETITIONS_OF_SHORT_CALLS)});
  }

  private static void compareService(Path file, int rounds, ModelDirectory model) throws Exception {
    List<RolloutGroup> groups = RolloutFile.groups(file);
    List<String> texts = RolloutFile.rollouts(file).stream().map(Rollout::getText).toList();
    try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(model.tokenizerFile());
        BareOnnxLoop bare = new BareOnnxLoop(model.modelFile(), tokenizer);
        SentenceTransformersBaseline reference =
            SentenceTransformersBaseline.start(model.directory(), texts);
        TestServer server = TestServer.real()) {
      List<TokenIds> contents = texts.stream().map(tokenizer::encode).toList();
      Contest contest = new Contest(bare.tokens(contents));
      for (int budget : BUDGETS) {
        contest.addTimed(
            "bare loop, budget " + budget,
            () -> bare.run(contents, budget, model.maxInputTokens()));
      }
      for (int size : BATCH_SIZES) {
        contest.add("sentence-transformers, batch " + size, () -> reference.encode(size));
      }
      contest.addTimed("service over gRPC", () -> score(server, groups));
      contest.run(rounds);
      System.out.printf(
          "%d groups, %d texts, %d tokens%n", groups.size(), texts.size(), bare.tokens(contents));
      contest.print("bare loop", System.out);
      System.out.printf(
          "service / best bare loop %.3f, service / best sentence-transformers %.2f%n",
          contest.best("service") / contest.best("bare"),
          contest.best("service") / contest.best("sentence"));
    }
  }

  private static void compareEngines(Path file, int rounds, ModelDirectory model) throws Exception {
    List<String> texts = RolloutFile.texts(file, TEXTS_FOR_ENGINES);
    try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(model.tokenizerFile())) {
      Contest contest =
          new Contest(
              texts.stream()
                  .mapToLong(
                      text -> tokenizer.encode(text).length() + tokenizer.specialTokens().count())
                  .sum());
      for (EncodingEngine engine : List.of(new OnnxEngine(), new Nd4jEngine())) {
        EmbedderRun run =
            new EmbedderRun(
                model,
                () -> engine.open(model, Device.CPU, 1),
                EmbedderRun.config(Runtime.getRuntime().availableProcessors(), 512, 4));
        contest.add(engine.name(), () -> run.seconds(texts));
      }
      contest.run(rounds);
      contest.print("onnxruntime", System.out);
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
}
