// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A BERT in ND4J, whose weights all encoders share. Thread-safe. */
final class Nd4jEncoderFactory implements EncoderFactory {
  private final BertWeights weights;
  private final Device device;

  private Nd4jEncoderFactory(BertWeights weights, Device device) {
    this.weights = weights;
    this.device = device;
  }

  static Nd4jEncoderFactory open(BertModel model, Device device, int threads) {
    requireBackend(device);
    requireHeap(model.sizes(), Runtime.getRuntime().maxMemory());
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    if (device.cudaIndex().isEmpty()) {
      openblas.blas_set_num_threads(threads);
    }
    device.cudaIndex().ifPresent(Nd4j.getAffinityManager()::unsafeSetDevice);
    DataType type = device.cudaIndex().isEmpty() ? DataType.FLOAT : DataType.FLOAT16;
    return new Nd4jEncoderFactory(BertWeights.read(model.sizes(), type, model.open()), device);
  }

  @Override
  public EngineIdentity engine() {
    return new EngineIdentity("nd4j", version(), device.toString());
  }

  @Override
  public int dimension() {
    return weights.sizes().dimension();
  }

  /** OpenBLAS chooses its kernels by the number of rows. */
  @Override
  public boolean independentOfRows() {
    return false;
  }

  @Override
  public List<Device> devices() {
    return List.of(device);
  }

  @Override
  public Encoder open() {
    return new Nd4jEncoder(weights, device.cudaIndex());
  }

  @Override
  public void close() {
    weights.close();
  }

  /** A table passes through the heap on its way out of it. */
  static void requireHeap(BertSizes sizes, long heap) {
    long needed = Math.max(sizes.vocabulary(), 3L * sizes.dimension()) * sizes.dimension() * 4;
    if (needed / 3 * 4 > heap) {
      throw new EmbeddingUnavailableException(
          "nd4j: heap: %d MiB (expected: -Xmx of >= %d MiB to load this model)"
              .formatted(heap / (1 << 20), needed / 3 * 4 / (1 << 20) + 1));
    }
  }

  /** ND4J falls back to the processor if its CUDA backend does not start. */
  private static void requireBackend(Device device) {
    String backend = Nd4j.getBackend().getClass().getSimpleName();
    String expected = device.cudaIndex().isEmpty() ? "CpuBackend" : "JCublasBackend";
    if (!backend.equals(expected)) {
      throw new EmbeddingUnavailableException(
          "nd4j: device %s: started %s (expected: %s)".formatted(device, backend, expected));
    }
  }

  /** As Maven wrote it into the library's jar. */
  private static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
