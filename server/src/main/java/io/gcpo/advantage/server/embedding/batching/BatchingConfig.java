// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.embedding.Device;
import java.time.Duration;

/**
 * Settings of the threads and batches of an embedder, {@code embedding.*}.
 *
 * @param workers {@code workers}: batches that go through the model at the same time, on each
 *     device; 0 for one a processor, or two a GPU
 * @param tokenizerThreads {@code tokenizer-threads}: that turn text into tokens
 * @param tokenBudget {@code token-budget}: tokens of a batch, padding included; a longer window is
 *     a batch of its own; 0 to find the best by measurement at the start
 * @param minTokenBudget {@code min-token-budget}: the least that the measurement may choose
 * @param maxTokenBudget {@code max-token-budget}: the most that the measurement may choose
 * @param lengthBucket {@code length-bucket}: windows are padded to a multiple of this many tokens
 * @param deterministic {@code deterministic}: whether an embedding must be the same bits in any
 *     company; ONNX Runtime on a processor keeps to that anyway, other engines then get one window
 *     at a time
 * @param maxQueuedTokens {@code max-queued-tokens}: that may wait for the model
 * @param maxWait {@code max-wait}: work that would wait longer for the model is refused; 0 for as
 *     long as its caller waits
 * @param batchTimeout {@code batch-timeout}: after so long in one call of the model a worker is
 *     given up and replaced
 */
public record BatchingConfig(
    int workers,
    int tokenizerThreads,
    int tokenBudget,
    int minTokenBudget,
    int maxTokenBudget,
    int lengthBucket,
    boolean deterministic,
    long maxQueuedTokens,
    Duration maxWait,
    Duration batchTimeout) {
  private static final Duration DEFAULT_MAX_WAIT = Duration.ofSeconds(30);
  private static final int MAX_THREADS = 1024;

  /** While one computes, the other copies, pools and takes its next batch. */
  private static final int WORKERS_PER_GPU = 2;

  /** Of 4,095 numbers each, the states of so many tokens still fit into one buffer. */
  private static final int MAX_TOKEN_BUDGET = 1 << 17;

  private static final int MAX_LENGTH_BUCKET = 1 << 12;
  private static final Duration LEAST_BATCH_TIMEOUT = Duration.ofMillis(10);
  private static final Duration MOST_BATCH_TIMEOUT = Duration.ofHours(1);

  public BatchingConfig {
    new ConfigProblems()
        .require(
            within(workers, 0, MAX_THREADS), "embedding.workers: %d (expected: 0 to 1024)", workers)
        .require(
            within(tokenizerThreads, 1, MAX_THREADS),
            "embedding.tokenizer-threads: %d (expected: 1 to 1024)",
            tokenizerThreads)
        .require(
            within(tokenBudget, 0, MAX_TOKEN_BUDGET),
            "embedding.token-budget: %d (expected: 0 to 131072)",
            tokenBudget)
        .require(
            within(minTokenBudget, 1, MAX_TOKEN_BUDGET),
            "embedding.min-token-budget: %d (expected: 1 to 131072)",
            minTokenBudget)
        .require(
            within(maxTokenBudget, minTokenBudget, MAX_TOKEN_BUDGET),
            "embedding.max-token-budget: %d (expected: min-token-budget to 131072)",
            maxTokenBudget)
        .require(
            within(lengthBucket, 1, MAX_LENGTH_BUCKET),
            "embedding.length-bucket: %d (expected: 1 to 4096)",
            lengthBucket)
        .require(
            maxQueuedTokens >= 1,
            "embedding.max-queued-tokens: %d (expected: >= 1)",
            maxQueuedTokens)
        .require(!maxWait.isNegative(), "embedding.max-wait: %s (expected: >= 0s)", maxWait)
        .require(
            !batchTimeout.minus(LEAST_BATCH_TIMEOUT).isNegative()
                && batchTimeout.compareTo(MOST_BATCH_TIMEOUT) <= 0,
            "embedding.batch-timeout: %s (expected: 10ms to 1h)",
            batchTimeout)
        .throwIfAny();
  }

  /** With the default {@code maxWait}. */
  public BatchingConfig(
      int workers,
      int tokenizerThreads,
      int tokenBudget,
      int minTokenBudget,
      int maxTokenBudget,
      int lengthBucket,
      boolean deterministic,
      long maxQueuedTokens,
      Duration batchTimeout) {
    this(
        workers,
        tokenizerThreads,
        tokenBudget,
        minTokenBudget,
        maxTokenBudget,
        lengthBucket,
        deterministic,
        maxQueuedTokens,
        DEFAULT_MAX_WAIT,
        batchTimeout);
  }

  /** The settings of {@code reader}, or the defaults. */
  public static BatchingConfig read(ConfigReader reader) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new BatchingConfig(
        reader.integer("embedding.workers", 0),
        reader.integer("embedding.tokenizer-threads", Math.max(1, processors / 4)),
        reader.integer("embedding.token-budget", 0),
        reader.integer("embedding.min-token-budget", 256),
        reader.integer("embedding.max-token-budget", 65_536),
        reader.integer("embedding.length-bucket", 4),
        reader.flag("embedding.deterministic", false),
        reader.whole("embedding.max-queued-tokens", 4_000_000),
        reader.duration("embedding.max-wait", DEFAULT_MAX_WAIT),
        reader.duration("embedding.batch-timeout", Duration.ofSeconds(60)));
  }

  /** How many {@link #workers} there are on {@code device}. */
  int workersOn(Device device) {
    if (workers > 0) {
      return workers;
    }
    return device.cudaIndex().isPresent()
        ? WORKERS_PER_GPU
        : Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
  }

  private static boolean within(int value, int min, int max) {
    return value >= min && value <= max;
  }
}
