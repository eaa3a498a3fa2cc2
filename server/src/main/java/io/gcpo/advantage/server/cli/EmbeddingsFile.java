// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Embeddings [n, d] as a NumPy file (format 1.0, float32 little-endian) or as JSON lines. */
final class EmbeddingsFile implements AutoCloseable {
  private static final int NPY_ALIGNMENT = 64;
  private static final int NPY_PREAMBLE = 10;

  private final OutputStream stream;
  private final boolean npy;

  private EmbeddingsFile(OutputStream stream, boolean npy) {
    this.stream = stream;
    this.npy = npy;
  }

  /** Throws {@link InputException} unless the name ends in .npy or .jsonl. */
  static EmbeddingsFile create(Path file, int rows, int columns) throws IOException {
    boolean npy = file.toString().endsWith(".npy");
    if (!npy && !file.toString().endsWith(".jsonl")) {
      throw new InputException(file + ": unknown kind (expected: .npy or .jsonl)");
    }
    try {
      EmbeddingsFile result =
          new EmbeddingsFile(new BufferedOutputStream(Files.newOutputStream(file)), npy);
      if (npy) {
        result.stream.write(npyHeader(rows, columns));
      }
      return result;
    } catch (NoSuchFileException missing) {
      throw new InputException(file + ": no such folder", missing);
    }
  }

  void append(EmbedTextsResponse answer) throws IOException {
    if (npy) {
      answer.getEmbeddingsF32Le().writeTo(stream);
      return;
    }
    ByteBuffer values =
        answer.getEmbeddingsF32Le().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < answer.getTokensCount(); row++) {
      JsonArray embedding = new JsonArray();
      for (int k = 0; k < answer.getModel().getDimension(); k++) {
        embedding.add(values.getFloat());
      }
      JsonObject line = new JsonObject();
      line.addProperty("tokens", answer.getTokens(row));
      line.addProperty("truncated_tokens", answer.getTruncatedTokens(row));
      line.add("embedding", embedding);
      stream.write((line + "\n").getBytes(UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private static byte[] npyHeader(int rows, int columns) {
    String dictionary =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, columns);
    int unpadded = NPY_PREAMBLE + dictionary.length() + 1;
    int padding = (NPY_ALIGNMENT - unpadded % NPY_ALIGNMENT) % NPY_ALIGNMENT;
    byte[] text = (dictionary + " ".repeat(padding) + "\n").getBytes(UTF_8);
    ByteBuffer header =
        ByteBuffer.allocate(NPY_PREAMBLE + text.length).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(UTF_8)).put((byte) 1).put((byte) 0);
    header.putShort((short) text.length).put(text);
    return header.array();
  }
}
