// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.WindowBatch;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * How many tokens a batch should hold: as configured, or as found by trying the device itself. Too
 * few leave a device idle, too many no longer fit its caches: two processor cores were fastest with
 * some 512, a GPU wants tens of thousands. Where an embedding is not to depend on its company, and
 * the engine cannot promise that, each window is a batch of its own.
 */
final class TokenBudget {
  /** Of the real texts that were measured; the best budget hardly depends on it. */
  private static final int TYPICAL_WINDOW = 128;

  /** The best of so many counts: a noisy neighbour only ever slows a run down. */
  private static final int RUNS = 3;

  /**
   * Of the best rate. The smallest budget that reaches it wins: smaller batches wait less, and a
   * busy machine shows differences of this size where there are none.
   */
  private static final double GOOD_ENOUGH = 0.9;

  /** Doublings without a better rate after which larger budgets are not tried. */
  private static final int GIVE_UP = 2;

  private final BatchingConfig config;
  private final boolean alone;
  private final BatchSettings settings;
  private final Tokenizer tokenizer;
  private final Ticker ticker;

  /** {@code independentOfRows}: see {@link EncoderFactory#independentOfRows}. */
  TokenBudget(
      BatchingConfig config,
      boolean independentOfRows,
      BatchSettings settings,
      Tokenizer tokenizer,
      Ticker ticker) {
    this.config = config;
    this.alone = config.deterministic() && !independentOfRows;
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.ticker = ticker;
  }

  /** Runs {@code encoder} some ten times, if it is to be found; at least 1. */
  int choose(Encoder encoder) {
    if (alone) {
      return 1;
    }
    return config.tokenBudget() > 0
        ? config.tokenBudget()
        : choose(
            config.minTokenBudget(),
            config.maxTokenBudget(),
            budget -> tokensPerNano(encoder, budget));
  }

  /** The best of {@code min}, twice that, and so on up to {@code max}, given the rate of each. */
  static int choose(int min, int max, IntToDoubleFunction rate) {
    Map<Integer, Double> rates = new TreeMap<>();
    double best = 0;
    int failures = 0;
    for (long budget = min; budget <= max && failures < GIVE_UP; budget *= 2) {
      double next = rate.applyAsDouble((int) budget);
      rates.put((int) budget, next);
      failures = next * GOOD_ENOUGH > best ? 0 : failures + 1;
      best = Math.max(best, next);
    }
    double enough = GOOD_ENOUGH * best;
    return rates.entrySet().stream()
        .filter(entry -> entry.getValue() >= enough)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private double tokensPerNano(Encoder encoder, int budget) {
    int length = Math.min(TYPICAL_WINDOW, settings.maxInputTokens());
    int rows = Math.max(1, budget / length);
    TokenIds window =
        TokenIds.nCopies(length - settings.specialTokens().count(), tokenizer.encode("a").get(0));
    WindowBatch batch =
        new WindowBatch(settings.specialTokens(), Collections.nCopies(rows, window), length);
    double best = 0;
    for (int run = 0; run < RUNS; run++) {
      long begin = ticker.read();
      encoder.encode(batch);
      long nanos = Math.max(1, ticker.read() - begin);
      best = Math.max(best, (double) batch.realTokens() / nanos);
    }
    return best;
  }
}
