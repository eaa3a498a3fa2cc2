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
    long tokens = batch.realTokens() + batch.paddingTokens();
    observer.batchStarted(tokens);
    return encode(batch, tokens);
  }

  /** Runs {@code test} with the encoder; its batches are nobody's work. */
  void test(Consumer<Encoder> test) {
    test.accept(
        new Encoder() {
          @Override
          public TokenStates encode(WindowBatch batch) {
            return ModelCalls.this.encode(batch, 0);
          }

          @Override
          public void close() {
            throw new UnsupportedOperationException("a test leaves its encoder open");
          }
        });
  }

  private TokenStates encode(WindowBatch batch, long tokens) {
    Call call = new Call(ticker.read(), tokens);
    running.set(call);
    try {
      return encoder.encode(batch);
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
