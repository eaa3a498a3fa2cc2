// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one encoder, of which each is a native one that nobody can interrupt: another thread
 * can see how long it has been going on, and give it up. Calls are confined to one thread.
 */
final class ModelCalls {
  private final Encoder encoder;
  private final EmbeddingObserver observer;
  private final Ticker ticker;
  private final AtomicReference<@Nullable Call> running = new AtomicReference<>();

  ModelCalls(Encoder encoder, EmbeddingObserver observer, Ticker ticker) {
    this.encoder = encoder;
    this.observer = observer;
    this.ticker = ticker;
  }

  /** As {@link Encoder#encode}. */
  TokenStates encode(WindowBatch batch) {
    Call call = new Call(ticker.read(), batch.realTokens() + batch.paddingTokens());
    running.set(call);
    observer.batchStarted(call.tokens());
    try {
      return encoder.encode(batch);
    } finally {
      end(call);
    }
  }

  /** Runs {@code test} with the encoder. */
  void test(Consumer<Encoder> test) {
    Call call = new Call(ticker.read(), 0);
    running.set(call);
    try {
      test.accept(encoder);
    } finally {
      end(call);
    }
  }

  /** How long the present call has been going on; zero if there is none. */
  Duration busy() {
    Call call = running.get();
    return call == null ? Duration.ZERO : Duration.ofNanos(ticker.read() - call.since());
  }

  /** The present call, if any, counts as ended from now on. */
  void giveUp() {
    Call call = running.get();
    if (call != null) {
      end(call);
    }
  }

  void close() {
    encoder.close();
  }

  private void end(Call call) {
    if (running.compareAndSet(call, null) && call.tokens() > 0) {
      observer.batchEnded(call.tokens());
    }
  }

  private record Call(long since, long tokens) {}
}
