// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.pooling.SentenceHead;
import org.jspecify.annotations.Nullable;

/**
 * One text whose windows are with the model. Its windows' sums are added up in the order of the
 * windows, whichever order they arrive in, so that the embedding does not depend on it.
 * Thread-safe.
 */
final class PendingText {
  private final PendingRequest request;
  private final SentenceHead head;
  private final int index;
  private final int tokens;
  private final int truncatedTokens;

  @GuardedBy("this")
  private final double[] @Nullable [] sums;

  @GuardedBy("this")
  private int missing;

  @GuardedBy("this")
  private long pooledTokens;

  @GuardedBy("this")
  private boolean ended;

  /** The text {@code index} of {@code request}. */
  PendingText(PendingRequest request, int index, WindowCutter.Windows windows, SentenceHead head) {
    this.request = request;
    this.head = head;
    this.index = index;
    this.tokens = windows.tokens();
    this.truncatedTokens = windows.truncatedTokens();
    this.sums = new double[windows.contents().size()][];
    this.missing = sums.length;
  }

  PendingRequest request() {
    return request;
  }

  /** Whether its outcome is known. */
  synchronized boolean hasEnded() {
    return ended;
  }

  /**
   * Notes what one window of {@code windowTokens} was pooled to, once; keeps the array. Throws
   * {@link io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException} if it was the last and
   * all together make no embedding.
   */
  void add(int window, double[] sum, int windowTokens) {
    if (isLast(window, sum, windowTokens)) {
      Embedding embedding = finish();
      end(new TextOutcome.Embedded(embedding, tokens, truncatedTokens, false));
    }
  }

  /** Ends it without an embedding, unless it has ended. */
  void fail(EmbeddingFailure failure) {
    end(new TextOutcome.Failed(failure));
  }

  /** The first to end it wins: a window may come back from a model that was given up. */
  private void end(TextOutcome outcome) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    request.complete(index, outcome);
  }

  private synchronized boolean isLast(int window, double[] sum, int windowTokens) {
    if (ended || sums[window] != null) {
      return false;
    }
    sums[window] = sum;
    pooledTokens += windowTokens;
    missing--;
    return missing == 0;
  }

  private synchronized Embedding finish() {
    double[] total = new double[0];
    for (double[] sum : sums) {
      if (sum != null) {
        total = total.length == 0 ? sum.clone() : plus(total, sum);
      }
    }
    return head.finish(total, pooledTokens);
  }

  private static double[] plus(double[] total, double[] sum) {
    for (int i = 0; i < total.length; i++) {
      total[i] += sum[i];
    }
    return total;
  }
}
