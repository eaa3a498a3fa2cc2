// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The tiny random models of {@code golden/models} and their reference embeddings. */
public final class TinyModels {
  private final JsonObject references;

  private TinyModels(JsonObject references) {
    this.references = references;
  }

  /** All of them. */
  public static TinyModels read() throws IOException {
    String json = Files.readString(root().resolve("references.json"));
    return new TinyModels(new Gson().fromJson(json, JsonObject.class));
  }

  List<String> texts() {
    return references.getAsJsonArray("texts").asList().stream()
        .map(JsonElement::getAsString)
        .toList();
  }

  /** Those of {@code name}, by text. */
  List<float[]> embeddings(String name) {
    List<float[]> embeddings = new ArrayList<>();
    for (JsonElement row : entry(name).getAsJsonArray("embeddings")) {
      float[] values = new float[row.getAsJsonArray().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.getAsJsonArray().get(i).getAsFloat();
      }
      embeddings.add(values);
    }
    return embeddings;
  }

  /** Makes the directory of {@code name} in {@code target}: its architecture and its settings. */
  public void copy(String name, Path target) throws IOException {
    copyTree(root().resolve(entry(name).get("architecture").getAsString()), target);
    copyTree(root().resolve("cases").resolve(name), target);
  }

  private JsonObject entry(String name) {
    return references.getAsJsonObject("cases").getAsJsonObject(name);
  }

  private static void copyTree(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
  }

  private static Path root() {
    try {
      return Path.of(
          Objects.requireNonNull(TinyModels.class.getResource("/golden/models")).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
