// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.embedding.model.ModelJson;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the {@code config.json} of a model of the BERT family says.
 *
 * @param vocabulary {@code vocab_size}: ids are in [0, vocabulary)
 * @param types {@code type_vocab_size}, of which only the first is used
 * @param positions {@code max_position_embeddings}, counted as the {@code model_type} does
 * @param dimension {@code hidden_size}, d
 * @param heads {@code num_attention_heads}, which divides d
 * @param layers {@code num_hidden_layers}
 * @param inner {@code intermediate_size}, width of the feed-forward network
 * @param activation {@code hidden_act}
 * @param epsilon {@code layer_norm_eps}
 */
record BertSizes(
    int vocabulary,
    int types,
    Positions positions,
    int dimension,
    int heads,
    int layers,
    int inner,
    Activation activation,
    double epsilon) {
  private static final String BERT = "bert";
  private static final String POSITIONS = "position_embedding_type";
  private static final ImmutableSet<String> FAMILY =
      ImmutableSet.of(BERT, "roberta", "xlm-roberta", "camembert");

  private static final int MAX_SIZE = 1 << 24;

  /** A thousand layers are far above any model; keeps a wrong number from filling the memory. */
  private static final int MAX_LAYERS = 1000;

  /** Far above any encoder's, and 3 d^2 is below 2^31. */
  private static final int MAX_DIMENSION = 1 << 14;

  /**
   * Throws {@link io.gcpo.advantage.server.embedding.InvalidModelException}, also for a model that
   * is not of the family.
   */
  static BertSizes read(Path file) {
    ModelJson json = ModelJson.read(file);
    String type = json.oneOf("model_type", FAMILY);
    if (json.has(POSITIONS)) {
      json.oneOf(POSITIONS, List.of("absolute"));
    }
    if (json.flag("is_decoder", false)) {
      throw json.invalid("is_decoder", "false");
    }
    Activation activation =
        Activation.named(json.oneOf("hidden_act", Activation.names())).orElseThrow();
    int dimension = size(json, "hidden_size");
    int heads = size(json, "num_attention_heads");
    if (dimension % heads != 0) {
      throw json.invalid("num_attention_heads", "divides " + dimension);
    }
    if (dimension > MAX_DIMENSION) {
      throw json.invalid("hidden_size", "<= " + MAX_DIMENSION);
    }
    int layers = size(json, "num_hidden_layers");
    if (layers > MAX_LAYERS) {
      throw json.invalid("num_hidden_layers", "<= " + MAX_LAYERS);
    }
    return new BertSizes(
        size(json, "vocab_size"),
        json.has("type_vocab_size") ? size(json, "type_vocab_size") : 2,
        positions(json, type),
        dimension,
        heads,
        layers,
        size(json, "intermediate_size"),
        activation,
        json.fraction("layer_norm_eps"));
  }

  /** d of one head. */
  int headDimension() {
    return dimension / heads;
  }

  private static int size(ModelJson json, String key) {
    return json.whole(key, 1, MAX_SIZE);
  }

  private static Positions positions(ModelJson json, String type) {
    int rows = size(json, "max_position_embeddings");
    if (type.equals(BERT)) {
      return new Positions(rows, OptionalInt.empty());
    }
    int padding = json.has("pad_token_id") ? json.whole("pad_token_id", 0, MAX_SIZE) : 1;
    if (padding + 1 >= rows) {
      throw json.invalid("max_position_embeddings", "> " + (padding + 1));
    }
    return new Positions(rows, OptionalInt.of(padding));
  }
}
