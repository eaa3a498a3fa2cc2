// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A BERT's weights outside the heap, shared by all encoders and never written to. Three constants
 * of the forward pass are folded in: the queries carry 1 / sqrt(d of a head), the positions carry
 * token type 0, the only one there is here, and {@code down} carries the activation's factor.
 */
final class BertWeights implements AutoCloseable {
  private final BertSizes sizes;
  private final DataType type;
  private final INDArray words;
  private final INDArray positions;
  private final BertLayer.Norm norm;
  private final List<BertLayer> layers = new ArrayList<>();

  private BertWeights(BertSizes sizes, DataType type, Weights file) {
    int d = sizes.dimension();
    this.sizes = sizes;
    this.type = type;
    float[] wordValues = file.values("embeddings.word_embeddings.weight", sizes.vocabulary(), d);
    float[] positionValues = positionsOfTypeZero(sizes, file);
    this.words = array(wordValues, sizes.vocabulary(), d);
    this.positions = array(positionValues, sizes.positions().rows(), d);
    this.norm = norm("embeddings.LayerNorm", file);
    for (int layer = 0; layer < sizes.layers(); layer++) {
      layers.add(layer("encoder.layer." + layer + ".", file));
    }
  }

  /** Throws {@link io.gcpo.advantage.server.embedding.InvalidModelException}. */
  static BertWeights read(BertSizes sizes, DataType type, Weights file) {
    return new BertWeights(sizes, type, file);
  }

  BertSizes sizes() {
    return sizes;
  }

  /** Of all arrays. */
  DataType type() {
    return type;
  }

  /** [vocabulary, d]. */
  INDArray words() {
    return words;
  }

  /** [positions, d], token type included. */
  INDArray positions() {
    return positions;
  }

  BertLayer.Norm norm() {
    return norm;
  }

  List<BertLayer> layers() {
    return layers;
  }

  @Override
  public void close() {
    words.close();
    positions.close();
    norm.factor().close();
    norm.addend().close();
    layers.forEach(layer -> layer.arrays().forEach(INDArray::close));
  }

  private static float[] positionsOfTypeZero(BertSizes sizes, Weights file) {
    int d = sizes.dimension();
    float[] sum = file.values("embeddings.position_embeddings.weight", sizes.positions().rows(), d);
    float[] types = file.values("embeddings.token_type_embeddings.weight", sizes.types(), d);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += types[i % d];
    }
    return sum;
  }

  private BertLayer layer(String name, Weights file) {
    int d = sizes.dimension();
    return new BertLayer(
        queryKeyValue(name + "attention.self.", file),
        linear(name + "attention.output.dense", d, d, 1, file),
        norm(name + "attention.output.LayerNorm", file),
        linear(name + "intermediate.dense", d, sizes.inner(), 1, file),
        linear(name + "output.dense", sizes.inner(), d, sizes.activation().factor(), file),
        norm(name + "output.LayerNorm", file));
  }

  private BertLayer.Linear queryKeyValue(String name, Weights file) {
    int d = sizes.dimension();
    List<float[]> matrices = new ArrayList<>();
    float[] bias = new float[3 * d];
    for (String part : List.of("query", "key", "value")) {
      float factor = part.equals("query") ? (float) (1 / Math.sqrt(sizes.headDimension())) : 1;
      float[] partBias = scaled(file.values(name + part + ".bias", d), factor);
      System.arraycopy(partBias, 0, bias, matrices.size() * d, d);
      matrices.add(scaled(file.matrix(name + part, d, d), factor));
    }
    // Not before the file was seen to have them.
    float[] matrix = new float[3 * d * d];
    for (int row = 0; row < d; row++) {
      for (int part = 0; part < 3; part++) {
        System.arraycopy(matrices.get(part), row * d, matrix, (row * 3 + part) * d, d);
      }
    }
    return new BertLayer.Linear(array(matrix, d, 3L * d), array(bias, 3L * d));
  }

  private BertLayer.Linear linear(String name, int in, int out, float factor, Weights file) {
    float[] matrix = scaled(file.matrix(name, in, out), factor);
    float[] bias = file.values(name + ".bias", out);
    return new BertLayer.Linear(array(matrix, in, out), array(bias, out));
  }

  private BertLayer.Norm norm(String name, Weights file) {
    float[] factor = file.values(name + ".weight", sizes.dimension());
    float[] addend = file.values(name + ".bias", sizes.dimension());
    return new BertLayer.Norm(array(factor, factor.length), array(addend, addend.length));
  }

  private static float[] scaled(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  private INDArray array(float[] values, long... shape) {
    INDArray floats = Nd4j.create(values, shape, 'c');
    if (type == DataType.FLOAT) {
      return floats;
    }
    INDArray narrow = floats.castTo(type);
    floats.close();
    return narrow;
  }
}
