// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights in an ONNX file, by PyTorch's names. Exporters keep the names of embeddings, biases
 * and norms, but fold the transposition of a linear layer's matrix and call the result {@code
 * onnx::MatMul_787}; such a matrix is found through the graph: it is what a {@code MatMul}
 * multiplies by before an {@code Add} adds {@code x.bias}, and is called {@code x.weight} here,
 * with the shape [in, out].
 */
final class OnnxWeightFile implements Weights {
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALISER = 5;
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_OPERATOR = 4;
  private static final String BIAS = ".bias";
  private static final String WORDS = "embeddings.word_embeddings.weight";

  private final Path file;
  private final Map<String, ByteBuffer> initialisers = new HashMap<>();
  private final Map<String, String> matrixByProduct = new HashMap<>();
  private final Map<String, String> matrixByBias = new HashMap<>();
  private final List<List<String>> sums = new ArrayList<>();
  private final String prefix;

  private OnnxWeightFile(Path file, ByteBuffer model) {
    this.file = file;
    ProtobufFields fields = new ProtobufFields(model);
    while (fields.next()) {
      if (fields.number() == MODEL_GRAPH) {
        readGraph(fields.bytes());
      }
    }
    sums.forEach(this::nameMatrix);
    this.prefix = findPrefix();
  }

  /** Throws {@link InvalidModelException}. */
  static OnnxWeightFile read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new InvalidModelException(
            file, "%d bytes (expected: < 2^31)".formatted(channel.size()));
      }
      return parse(file, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw new InvalidModelException(file, "cannot be read", e);
    }
  }

  /** Throws {@link InvalidModelException} too; {@code model} is what stands in {@code file}. */
  static OnnxWeightFile parse(Path file, ByteBuffer model) {
    try {
      return new OnnxWeightFile(file, model);
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException(file, "not an ONNX model: " + e.getMessage(), e);
    }
  }

  @Override
  public float[] values(String name, long... shape) {
    return read(prefix + name, prefix + name, shape);
  }

  @Override
  public float[] matrix(String layer, int in, int out) {
    String name = prefix + layer + ".weight";
    String initialiser = matrixByBias.get(prefix + layer + BIAS);
    if (initialiser == null) {
      throw new InvalidModelException(
          file, name + ": missing (expected: a MatMul before the Add of " + layer + BIAS + ")");
    }
    return read(name, initialiser, in, out);
  }

  private float[] read(String name, String initialiser, long... shape) {
    ByteBuffer message = initialisers.get(initialiser);
    if (message == null) {
      throw new InvalidModelException(file, name + ": missing (expected: an initialiser)");
    }
    try {
      OnnxTensor tensor = OnnxTensor.read(message);
      List<Long> expected = Arrays.stream(shape).boxed().toList();
      if (!tensor.shape().equals(expected)) {
        throw new IllegalArgumentException(
            "shape %s (expected: %s)".formatted(tensor.shape(), expected));
      }
      return tensor.values();
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException(file, name + ": " + e.getMessage(), e);
    }
  }

  private void readGraph(ByteBuffer graph) {
    ProtobufFields fields = new ProtobufFields(graph);
    while (fields.next()) {
      if (fields.number() == GRAPH_INITIALISER) {
        initialisers.put(OnnxTensor.name(fields.bytes()), fields.bytes());
      } else if (fields.number() == GRAPH_NODE) {
        readNode(fields.bytes());
      }
    }
  }

  private void readNode(ByteBuffer node) {
    ProtobufFields fields = new ProtobufFields(node);
    List<String> inputs = new ArrayList<>();
    String output = "";
    String operator = "";
    while (fields.next()) {
      switch (fields.number()) {
        case NODE_INPUT -> inputs.add(fields.text());
        case NODE_OUTPUT -> output = fields.text();
        case NODE_OPERATOR -> operator = fields.text();
        default -> {}
      }
    }
    if (inputs.size() == 2 && operator.equals("MatMul")) {
      matrixByProduct.put(output, inputs.get(1));
    } else if (inputs.size() == 2 && operator.equals("Add")) {
      sums.add(inputs);
    }
  }

  private void nameMatrix(List<String> terms) {
    for (int i = 0; i < 2; i++) {
      String matrix = matrixByProduct.get(terms.get(1 - i));
      if (matrix != null && terms.get(i).endsWith(BIAS)) {
        matrixByBias.put(terms.get(i), matrix);
      }
    }
  }

  // Some exporters say "bert.embeddings…".
  private String findPrefix() {
    return initialisers.keySet().stream()
        .filter(name -> name.endsWith(WORDS))
        .map(name -> name.substring(0, name.length() - WORDS.length()))
        .sorted()
        .findFirst()
        .orElse("");
  }
}
