// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.WindowBatch;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What ONNX Runtime does by itself: its default session and threads, batches of windows sorted by
 * length, padded to their longest, one after the other; the states are not even read.
 */
public final class BareOnnxLoop implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final OnnxSignature signature;
  private final Tokenizer tokenizer;

  /** Loads the model with the default options. */
  public BareOnnxLoop(Path model, Tokenizer tokenizer) throws OrtException {
    this(model, new OrtSession.SessionOptions(), tokenizer);
  }

  /** Loads the model with {@code options}, and closes them. */
  BareOnnxLoop(Path model, OrtSession.SessionOptions options, Tokenizer tokenizer)
      throws OrtException {
    try (options) {
      this.session = environment.createSession(model.toString(), options);
    }
    this.signature = OnnxSignature.of(model, session);
    this.tokenizer = tokenizer;
  }

  /** Real tokens of {@code contents}, special ones included, each text counted as one window. */
  public long tokens(List<TokenIds> contents) {
    return contents.stream()
        .mapToLong(content -> content.length() + tokenizer.specialTokens().count())
        .sum();
  }

  /** Runs all windows of all texts. */
  public void run(List<TokenIds> contents, int budget, int maxInputTokens) throws OrtException {
    List<TokenIds> windows = new ArrayList<>();
    int step = maxInputTokens - tokenizer.specialTokens().count();
    for (TokenIds content : contents) {
      for (int start = 0; start == 0 || start < content.length(); start += step) {
        windows.add(content.slice(start, Math.min(start + step, content.length())));
      }
    }
    windows.sort(Comparator.comparingInt(TokenIds::length));
    int end = windows.size();
    while (end > 0) {
      int length = windows.get(end - 1).length() + tokenizer.specialTokens().count();
      int begin = Math.max(0, end - Math.max(1, budget / length));
      encode(new WindowBatch(tokenizer.specialTokens(), windows.subList(begin, end), length));
      end = begin;
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  private void encode(WindowBatch batch) throws OrtException {
    OnnxBuffers buffers = new OnnxBuffers(batch.size() * batch.paddedLength(), signature);
    buffers.fill(batch);
    try (OnnxTensor ids = buffers.input(environment, "input_ids", batch);
        OnnxTensor mask = buffers.input(environment, "attention_mask", batch);
        OnnxTensor types = buffers.input(environment, "token_type_ids", batch)) {
      session
          .run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))
          .close();
    }
  }
}
