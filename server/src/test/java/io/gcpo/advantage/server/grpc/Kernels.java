// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.KernelPower;
import io.gcpo.advantage.v1.KernelProduct;
import io.gcpo.advantage.v1.LexicalKernel;
import io.gcpo.advantage.v1.TemperedKernel;
import io.gcpo.advantage.v1.WeightedKernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Short ways to write kernels and matrices down. */
final class Kernels {
  private Kernels() {}

  static CompositeKernel cosine() {
    return named(Kernel.KERNEL_EMBEDDING_COSINE);
  }

  static CompositeKernel named(Kernel kernel) {
    return CompositeKernel.newBuilder().setNamed(kernel).build();
  }

  static AdvantageConfig.Builder kernel(Kernel kernel) {
    return AdvantageConfig.newBuilder().setKernel(kernel);
  }

  static CompositeKernel lexical(int order) {
    return CompositeKernel.newBuilder()
        .setLexical(LexicalKernel.newBuilder().setOrder(order))
        .build();
  }

  static CompositeKernel power(int exponent, CompositeKernel base) {
    return CompositeKernel.newBuilder()
        .setPower(KernelPower.newBuilder().setBase(base).setExponent(exponent))
        .build();
  }

  static CompositeKernel tempered(double temperature, CompositeKernel base) {
    return CompositeKernel.newBuilder()
        .setTempered(TemperedKernel.newBuilder().setBase(base).setTemperature(temperature))
        .build();
  }

  static CompositeKernel product(CompositeKernel... factors) {
    return CompositeKernel.newBuilder()
        .setProduct(KernelProduct.newBuilder().addAllFactors(List.of(factors)))
        .build();
  }

  static WeightedKernel term(double weight, CompositeKernel kernel) {
    return WeightedKernel.newBuilder().setWeight(weight).setKernel(kernel).build();
  }

  /** The first power of the first power of … a cosine: {@code depth} kernels, one in the other. */
  static CompositeKernel nested(int depth) {
    CompositeKernel kernel = cosine();
    for (int i = 1; i < depth; i++) {
      kernel = power(1, kernel);
    }
    return kernel;
  }

  /** Values as the wire has them. */
  static ByteString matrix(double... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return ByteString.copyFrom(bytes.flip());
  }

  /** The answer's similarities [n][n]. */
  static double[][] similarities(GroupAdvantages answer) {
    int size = answer.getRolloutsCount();
    ByteBuffer bytes =
        answer.getSimilarityF64Le().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() != size * size * Double.BYTES) {
      throw new AssertionError(bytes.remaining() + " bytes for " + size + " rollouts");
    }
    double[][] rows = new double[size][size];
    for (double[] row : rows) {
      for (int column = 0; column < size; column++) {
        row[column] = bytes.getDouble();
      }
    }
    return rows;
  }
}
