// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.DigestedText;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.pipeline.text.ReadingAhead;
import io.gcpo.advantage.server.pipeline.text.TextMemory;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Does ahead of a group's rewards what needs no rewards: texts are kept, embedded, and read as
 * kernels will, the latter two side by side. Thread-safe; never blocks.
 */
public final class SubmissionPipeline {
  private final TextMemory memory;
  private final ReadingAhead reading;

  @Inject
  SubmissionPipeline(TextMemory memory, ReadingAhead reading) {
    this.memory = memory;
    this.reading = reading;
  }

  /**
   * The outcome of every text, when all of it is done. Fails as {@link TextEmbedder#embed} and
   * {@link ReadingAhead#read} do.
   */
  public CompletableFuture<List<TextOutcome>> submit(
      Submission submission, TextEmbedder embedder, CancellationSignal signal) {
    List<DigestedText> texts = submission.texts().stream().map(TextTask::content).toList();
    // Before any is embedded: who finds an embedding, or waits for it, finds the text.
    texts.forEach(memory::keep);
    CompletableFuture<List<TextOutcome>> embedded = embedder.embed(submission.texts(), signal);
    return embedded.thenCombine(
        reading.read(texts, submission.features(), new UnlessFailed(signal, embedded)),
        (outcomes, done) -> outcomes);
  }

  /** Ends with the caller's own, and when the embedder has failed. */
  private record UnlessFailed(CancellationSignal signal, CompletableFuture<?> embedded)
      implements CancellationSignal {
    @Override
    public boolean isCancelled() {
      return signal.isCancelled() || embedded.isCompletedExceptionally();
    }

    @Override
    public Duration remaining() {
      return signal.remaining();
    }
  }
}
