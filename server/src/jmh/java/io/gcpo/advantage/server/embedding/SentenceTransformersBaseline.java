// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * sentence-transformers in a process of its own, with the texts and the model loaded, so that its
 * rounds can take turns with ours. Needs a Python with sentence-transformers and onnx: {@code
 * -Dbench.python}.
 */
public final class SentenceTransformersBaseline implements AutoCloseable {
  private static final String PYTHON = System.getProperty("bench.python", "python3");
  private static final String SCRIPT = "src/jmh/python/sentence_transformers_rate.py";

  private final Path texts;
  private final Process process;
  private final BufferedReader answers;

  private SentenceTransformersBaseline(Path texts, Process process) {
    this.texts = texts;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts it and waits until the model is loaded. */
  public static SentenceTransformersBaseline start(Path modelDirectory, List<String> texts)
      throws IOException {
    Path file = Files.createTempFile("texts", ".json");
    Files.writeString(file, new Gson().toJson(texts));
    Process process =
        new ProcessBuilder(PYTHON, SCRIPT, modelDirectory.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    SentenceTransformersBaseline baseline = new SentenceTransformersBaseline(file, process);
    baseline.answer();
    return baseline;
  }

  /** Seconds of one pass over all texts. */
  public double encode(int batchSize) throws IOException {
    process.getOutputStream().write((batchSize + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return Double.parseDouble(answer());
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Files.deleteIfExists(texts);
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new EOFException(PYTHON + " " + SCRIPT + ": ended");
    }
    return line;
  }
}
