// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.ModelDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/** A BERT in ND4J on the CPU, whose weights all encoders share. Thread-safe. */
final class Nd4jEncoderFactory implements EncoderFactory {
  private final BertWeights weights;

  private Nd4jEncoderFactory(BertWeights weights) {
    this.weights = weights;
  }

  static Nd4jEncoderFactory open(ModelDirectory model, int threads) {
    Path configFile = model.directory().resolve("config.json");
    BertSizes sizes = BertSizes.read(configFile);
    if (model.maxInputTokens() > sizes.positions()) {
      throw new InvalidModelException(
          configFile,
          "max_position_embeddings: %d (expected: >= %d, the window)"
              .formatted(sizes.positions(), model.maxInputTokens()));
    }
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    openblas.blas_set_num_threads(threads);
    return new Nd4jEncoderFactory(BertWeights.read(sizes, OnnxWeightFile.read(model.modelFile())));
  }

  @Override
  public EngineIdentity engine() {
    return new EngineIdentity("nd4j", version(), "cpu");
  }

  @Override
  public int dimension() {
    return weights.sizes().dimension();
  }

  @Override
  public Encoder open() {
    return new Nd4jEncoder(weights);
  }

  @Override
  public void close() {
    weights.close();
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
