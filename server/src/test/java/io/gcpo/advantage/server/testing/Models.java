// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import io.gcpo.advantage.server.embedding.model.ModelConfig;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.ModelOptions;
import io.gcpo.advantage.server.embedding.model.WeightFiles;
import io.gcpo.advantage.server.embedding.pooling.SentencePipeline;
import io.gcpo.advantage.server.embedding.tokenizer.TextPreparation;
import java.nio.file.Path;

/** Models on disk, and one that is not. */
public final class Models {
  private Models() {}

  /** As the model's files say; called {@code test}. */
  public static ModelDirectory read(Path directory) {
    return read(directory, ModelOptions.NONE);
  }

  /** As {@code options} say; called {@code test}. */
  public static ModelDirectory read(Path directory, ModelOptions options) {
    return ModelDirectory.read(new ModelConfig("test", directory, options));
  }

  /** Nothing on disk, mean pooling; for engines that only pretend. */
  public static ModelDirectory fake(String name, int maxInputTokens) {
    Path nowhere = Path.of(name);
    return new ModelDirectory(
        name,
        nowhere,
        "f".repeat(64),
        maxInputTokens,
        TextPreparation.NONE,
        SentencePipeline.mean(nowhere),
        new WeightFiles(nowhere, null));
  }
}
