// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The reference embeddings of {@code golden/embedding}. */
public final class GoldenEmbeddings {
  private static final String FOLDER = "/golden/embedding/";

  /** One text with its embedding, and that of its first window if it has several. */
  public record Case(
      String name,
      String text,
      int tokens,
      Optional<TokenIds> ids,
      Embedding chunkMean,
      Embedding keepHead) {}

  private GoldenEmbeddings() {}

  /** All of them. */
  public static List<Case> read() {
    JsonArray texts = new Gson().fromJson(new String(bytes("texts.json"), UTF_8), JsonArray.class);
    List<Embedding> chunkMean = matrix("chunk_mean.npy");
    List<Embedding> keepHead = matrix("keep_head.npy");
    List<Case> cases = new ArrayList<>();
    int longTexts = 0;
    for (int i = 0; i < texts.size(); i++) {
      JsonObject text = texts.get(i).getAsJsonObject();
      cases.add(
          new Case(
              text.get("name").getAsString(),
              text.get("text").getAsString(),
              text.get("tokens").getAsInt(),
              Optional.ofNullable(text.get("ids")).map(GoldenEmbeddings::ids),
              chunkMean.get(i),
              text.has("long") ? keepHead.get(longTexts++) : chunkMean.get(i)));
    }
    return cases;
  }

  /** The embedded model's directory, which the build fills. */
  public static ModelDirectory model() {
    String directory = Objects.requireNonNull(System.getProperty("gcpo.model.directory"));
    return ModelDirectory.read(java.nio.file.Path.of(directory), java.util.OptionalInt.empty());
  }

  /** Cosine of two vectors of length 1. */
  public static double cosine(Embedding a, Embedding b) {
    double dot = 0;
    for (int i = 0; i < a.dimension(); i++) {
      dot += (double) a.get(i) * b.get(i);
    }
    return dot;
  }

  private static TokenIds ids(JsonElement json) {
    return TokenIds.copyOf(
        json.getAsJsonArray().asList().stream().mapToLong(JsonElement::getAsLong).toArray());
  }

  /** A float32 matrix of NumPy's format 1.0 with 384 columns. */
  private static List<Embedding> matrix(String name) {
    ByteBuffer file = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    file.position(10 + Short.toUnsignedInt(file.getShort(8)));
    List<Embedding> rows = new ArrayList<>();
    while (file.hasRemaining()) {
      float[] row = new float[384];
      for (int i = 0; i < row.length; i++) {
        row[i] = file.getFloat();
      }
      rows.add(Embedding.copyOf(row));
    }
    return rows;
  }

  private static byte[] bytes(String name) {
    try (InputStream in = GoldenEmbeddings.class.getResourceAsStream(FOLDER + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
