// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.DeviceMemoryException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import io.gcpo.advantage.server.testing.Await;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Encoders whose states are [id, position + 1, 1]. A batch with {@code '!'} fails, one with {@code
 * '#'} fails with an Error, one with {@code '%'} finds no memory, one with {@code '~'} hangs, and
 * the states of {@code '?'} are not finite.
 */
final class FakeModel implements EncoderFactory {
  final Queue<WindowBatch> batches = new ConcurrentLinkedQueue<>();
  final AtomicInteger openEncoders = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  volatile boolean independentOfRows = true;

  /** Windows of a batch for which there is memory. */
  volatile int maxRows = Integer.MAX_VALUE;

  /** Whether states are finite for a window alone only. */
  volatile boolean finiteAloneOnly;

  /** Whether every batch fails. */
  volatile boolean broken;

  /** Whether every batch hangs. */
  volatile boolean hangs;

  private final Semaphore hung = new Semaphore(0);
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
  private final Semaphore arrived = new Semaphore(0);

  /** Batches wait from now on. */
  void hold() {
    gate.drainPermits();
    arrived.drainPermits();
  }

  /** Waits until a batch waits. */
  void awaitBatch() {
    Await.until(arrived::tryAcquire);
  }

  /** All batches may pass. */
  void letPass() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  /** What hangs goes on, now and later. */
  void endHangs() {
    hung.release(Integer.MAX_VALUE / 2);
  }

  /** The contents of all windows encoded so far, as text. */
  List<String> encodedTexts() {
    return batches.stream()
        .flatMap(batch -> batch.contents().stream())
        .map(
            content -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < content.length(); i++) {
                text.append((char) content.get(i));
              }
              return text.toString();
            })
        .toList();
  }

  @Override
  public EngineIdentity engine() {
    return new EngineIdentity("fake", "1", "cpu");
  }

  @Override
  public int dimension() {
    return 3;
  }

  @Override
  public boolean independentOfRows() {
    return independentOfRows;
  }

  @Override
  public List<Device> devices() {
    return List.of(Device.CPU);
  }

  @Override
  public Encoder open() {
    openEncoders.incrementAndGet();
    return new Encoder() {
      @Override
      public TokenStates encode(WindowBatch batch) {
        arrived.release();
        gate.acquireUninterruptibly();
        batches.add(batch);
        return states(batch);
      }

      @Override
      public void close() {
        openEncoders.decrementAndGet();
      }
    };
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  private TokenStates states(WindowBatch batch) {
    if (hangs) {
      hung.acquireUninterruptibly();
    }
    if (broken) {
      throw new IllegalStateException("fake breakage");
    }
    if (batch.size() > maxRows) {
      throw new DeviceMemoryException("fake lack of memory", null);
    }
    for (int window = 0; window < batch.size(); window++) {
      for (int token = 0; token < batch.length(window); token++) {
        if (batch.token(window, token) == '!') {
          throw new IllegalStateException("fake failure");
        }
        if (batch.token(window, token) == '#') {
          throw new StackOverflowError("fake error");
        }
        if (batch.token(window, token) == '%') {
          throw new DeviceMemoryException("fake lack of memory", null);
        }
        if (batch.token(window, token) == '~') {
          hung.acquireUninterruptibly();
        }
      }
    }
    return (window, token, target) -> {
      int id = batch.token(window, token);
      boolean finite = id != '?' && !(finiteAloneOnly && batch.size() > 1);
      target[0] = finite ? id : Float.NaN;
      target[1] = token + 1;
      target[2] = 1;
    };
  }
}
