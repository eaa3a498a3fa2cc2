// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.WindowBatch;
import io.gcpo.advantage.server.testing.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A process whose batches fail while it stops, as the server's may; ends with 0 if it can. */
final class FailingBatchesAtExit {
  /** After which the other hooks are done, in all likelihood. */
  private static final int LAST_BATCHES = 1_000;

  private static final WindowBatch NO_SUCH_TOKEN =
      new WindowBatch(
          new SpecialTokens(TokenIds.copyOf(101), TokenIds.copyOf(102)),
          List.of(TokenIds.copyOf(99_999_999)),
          8);

  private FailingBatchesAtExit() {}

  /** Takes the model's file. */
  public static void main(String[] arguments) {
    OnnxEncoderFactory model = OnnxEncoderFactory.open(Path.of(arguments[0]), 1);
    AtomicInteger failures = new AtomicInteger();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(failures)));
    Thread worker = new Thread(() -> work(model.open(), failures));
    worker.setDaemon(true);
    worker.start();
    Await.until(() -> failures.get() > 0);
    System.exit(2);
  }

  private static void work(Encoder encoder, AtomicInteger failures) {
    while (true) {
      try {
        encoder.encode(NO_SUCH_TOKEN);
      } catch (EmbeddingUnavailableException failure) {
        failures.incrementAndGet();
      }
    }
  }

  private static void finish(AtomicInteger failures) {
    int before = failures.get();
    Await.until(() -> failures.get() > before + LAST_BATCHES);
    Runtime.getRuntime().halt(0);
  }
}
