// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.determinism;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One text, embedded again and again in the company of others.
 *
 * @param hay what the others are drawn from
 */
record Needle(TextEmbedder embedder, String text, List<String> hay) {
  private static final int MOST_NEIGHBOURS = 24;
  private static final int AT_ONCE = 4;

  /**
   * The different embeddings that it has in {@code calls} calls, some at once so that batches mix
   * them, each with a random number of random neighbours, at a random place.
   */
  Set<Embedding> embeddings(int calls, long seed) {
    Random random = new Random(seed);
    Set<Embedding> different = ConcurrentHashMap.newKeySet();
    List<CompletableFuture<?>> running = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      running.add(embed(random).thenAccept(different::add));
      if (running.size() == AT_ONCE) {
        CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).join();
        running.clear();
      }
    }
    CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).join();
    return different;
  }

  private CompletableFuture<Embedding> embed(Random random) {
    List<TextTask> tasks = new ArrayList<>();
    int neighbours = random.nextInt(MOST_NEIGHBOURS + 1);
    int place = random.nextInt(neighbours + 1);
    for (int i = 0; i <= neighbours; i++) {
      String neighbour = hay.get(random.nextInt(hay.size()));
      int end = 1 + random.nextInt(neighbour.length());
      tasks.add(task(i == place ? text : neighbour.substring(0, end)));
    }
    return embedder
        .embed(tasks, CancellationSignal.NONE)
        .orTimeout(120, TimeUnit.SECONDS)
        .thenApply(outcomes -> ((TextOutcome.Embedded) outcomes.get(place)).embedding());
  }

  private static TextTask task(String text) {
    return new TextTask(text, TruncationPolicy.CHUNK_MEAN);
  }
}
