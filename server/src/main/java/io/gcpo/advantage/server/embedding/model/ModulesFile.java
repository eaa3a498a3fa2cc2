// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.pooling.HeadLayer;
import io.gcpo.advantage.server.embedding.pooling.PoolingConfig;
import io.gcpo.advantage.server.embedding.pooling.SentencePipeline;
import io.gcpo.advantage.server.embedding.pooling.UnitLengthLayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code modules.json}: a Transformer in the model's own folder, a Pooling, and any of Dense and
 * Normalize behind it, each in its folder. Whatever else is refused.
 */
final class ModulesFile {
  private static final String TYPES = "sentence_transformers.";

  private ModulesFile() {}

  /**
   * The pipeline of the model in {@code directory}, which has a mean and nothing else unless it
   * says so. Throws {@link InvalidModelException}.
   */
  static SentencePipeline read(Path directory) {
    Path file = directory.resolve("modules.json");
    if (!Files.exists(file)) {
      Path pooling = directory.resolve("1_Pooling").resolve("config.json");
      return new SentencePipeline(
          directory,
          Files.exists(pooling) ? PoolingFile.read(pooling) : PoolingConfig.MEAN,
          List.of());
    }
    List<ModelJson> modules = new ArrayList<>();
    for (JsonElement module : JsonFile.read(file, JsonArray.class)) {
      if (!(module instanceof JsonObject object)) {
        throw new InvalidModelException(file, "module: %s (expected: object)".formatted(module));
      }
      modules.add(new ModelJson(file, object));
    }
    List<String> kinds = modules.stream().map(ModulesFile::kind).toList();
    if (kinds.size() < 2
        || kinds.lastIndexOf("Transformer") != 0
        || kinds.indexOf("Pooling") != 1
        || kinds.lastIndexOf("Pooling") != 1) {
      throw new InvalidModelException(
          file, "modules: %s (expected: Transformer, Pooling, then others)".formatted(kinds));
    }
    if (!modules.get(0).text("path").orElse("").isEmpty()) {
      throw modules.get(0).invalid("path", "\"\"");
    }
    PoolingConfig pooling =
        PoolingFile.read(folder(directory, modules.get(1)).resolve("config.json"));
    return new SentencePipeline(directory, pooling, layers(directory, pooling, modules, kinds));
  }

  private static List<HeadLayer> layers(
      Path directory, PoolingConfig pooling, List<ModelJson> modules, List<String> kinds) {
    List<HeadLayer> layers = new ArrayList<>();
    int dimension = pooling.modes().size() * pooling.stateDimension();
    for (int i = 2; i < modules.size(); i++) {
      HeadLayer layer =
          kinds.get(i).equals("Dense")
              ? DenseFolder.read(folder(directory, modules.get(i)), dimension)
              : new UnitLengthLayer();
      dimension = layer.outputDimension(dimension);
      layers.add(layer);
    }
    // Every embedding is brought to length 1 at the end: to say so changes nothing.
    while (!layers.isEmpty() && layers.get(layers.size() - 1) instanceof UnitLengthLayer) {
      layers.remove(layers.size() - 1);
    }
    return layers;
  }

  /** The last part of a class's name; where in the library it lives has changed over time. */
  private static String kind(ModelJson module) {
    String type = module.text("type").orElse("");
    String kind = type.substring(type.lastIndexOf('.') + 1);
    if (type.startsWith(TYPES)
        && List.of("Transformer", "Pooling", "Dense", "Normalize").contains(kind)) {
      return kind;
    }
    throw module.invalid("type", TYPES + "*.Transformer, *.Pooling, *.Dense or *.Normalize");
  }

  /** A direct subfolder: nothing outside the model's directory is read. */
  private static Path folder(Path directory, ModelJson module) {
    String path = module.text("path").orElse("");
    if (!path.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw module.invalid("path", "name of a folder");
    }
    return directory.resolve(path);
  }
}
