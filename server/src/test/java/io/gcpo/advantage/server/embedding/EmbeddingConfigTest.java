// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import io.gcpo.advantage.server.embedding.model.ModelOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EmbeddingConfigTest {
  @Test
  void read_nothingSet_defaults() {
    EmbeddingConfig config = EmbeddingConfig.read(new ConfigReader(List.of()));

    assertThat(config)
        .isEqualTo(
            new EmbeddingConfig(
                Path.of("models", "all-MiniLM-L6-v2"),
                Runtime.getRuntime().availableProcessors(),
                1,
                1,
                512,
                4,
                4_000_000,
                0,
                64 * 1024 * 1024,
                "",
                ""));
    assertThat(config.modelOptions()).isEqualTo(ModelOptions.NONE);
  }

  @Test
  void read_everythingSet_asSet() {
    Map<String, String> flags =
        Map.ofEntries(
            entry("embedding.model-directory", "other"),
            entry("embedding.workers", "2"),
            entry("embedding.threads-per-worker", "3"),
            entry("embedding.tokenizer-threads", "4"),
            entry("embedding.token-budget", "5"),
            entry("embedding.length-bucket", "6"),
            entry("embedding.max-queued-tokens", "7"),
            entry("embedding.max-input-tokens", "8"),
            entry("embedding.cache-bytes", "9"),
            entry("embedding.prompt", "query"),
            entry("embedding.model-file", "onnx/model_fp16.onnx"));
    ConfigReader reader = new ConfigReader(List.of(ConfigSource.flags(flags)));

    assertThat(EmbeddingConfig.read(reader))
        .isEqualTo(
            new EmbeddingConfig(
                Path.of("other"), 2, 3, 4, 5, 6, 7, 8, 9, "query", "onnx/model_fp16.onnx"));
    assertThatCode(reader::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void construct_everythingWrong_allProblemsTogether() {
    InvalidConfigException thrown =
        catchThrowableOfType(
            InvalidConfigException.class,
            () -> new EmbeddingConfig(Path.of("m"), 0, 0, 0, 0, 0, 0, 2, -1, "", ""));

    assertThat(thrown.problems())
        .containsExactly(
            "embedding.workers: 0 (expected: 1 to 1024)",
            "embedding.threads-per-worker: 0 (expected: 1 to 1024)",
            "embedding.tokenizer-threads: 0 (expected: 1 to 1024)",
            "embedding.token-budget: 0 (expected: 1 to 1048576)",
            "embedding.length-bucket: 0 (expected: 1 to 4096)",
            "embedding.max-queued-tokens: 0 (expected: >= 1)",
            "embedding.max-input-tokens: 2 (expected: 0, or 3 to 131072)",
            "embedding.cache-bytes: -1 (expected: >= 0)");
  }
}
