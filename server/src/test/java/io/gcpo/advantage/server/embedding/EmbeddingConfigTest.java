// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.engine.DeviceSetting;
import io.gcpo.advantage.server.embedding.engine.EngineConfig;
import io.gcpo.advantage.server.embedding.engine.EngineSetting;
import io.gcpo.advantage.server.embedding.model.ModelConfig;
import io.gcpo.advantage.server.embedding.model.ModelOptions;
import io.gcpo.advantage.server.embedding.model.PinnedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EmbeddingConfigTest {
  @Test
  void read_nothingSet_theEmbeddedModelOnWhatIsThere() {
    EmbeddingConfig config = EmbeddingConfig.read(new ConfigReader(List.of()));

    assertThat(config)
        .isEqualTo(
            new EmbeddingConfig(
                List.of(
                    new ModelConfig(
                        "all-MiniLM-L6-v2",
                        Path.of("models", "all-MiniLM-L6-v2"),
                        ModelOptions.NONE)),
                new EngineConfig(EngineSetting.AUTO, DeviceSetting.AUTO, 1),
                BatchingConfig.read(new ConfigReader(List.of())),
                64 * 1024 * 1024));
  }

  @Test
  void read_oneModel_isCalledLikeItsDirectory() {
    EmbeddingConfig config =
        read(
            Map.of(
                "embedding.model-directory", "/some/where/mine/",
                "embedding.engine", "nd4j",
                "embedding.device", "cuda:1,cuda:0",
                "embedding.threads-per-worker", "3",
                "embedding.max-input-tokens", "8",
                "embedding.prompt", "query",
                "embedding.model-file", "onnx/model_fp16.onnx",
                "embedding.cache-bytes", "9"));

    assertThat(config.models())
        .containsExactly(
            new ModelConfig(
                "mine",
                Path.of("/some/where/mine"),
                new ModelOptions(8, "query", "onnx/model_fp16.onnx", PinnedFiles.NONE)));
    assertThat(config.engine())
        .isEqualTo(new EngineConfig(EngineSetting.ND4J, DeviceSetting.parse("cuda:1,cuda:0"), 3));
    assertThat(config.cacheBytes()).isEqualTo(9);
  }

  @Test
  void read_severalModels_eachHasItsSettings() {
    EmbeddingConfig config =
        read(
            Map.of(
                "embedding.models", "small, large-v1.5",
                "models.large-v1.5.directory", "/m/large",
                "models.large-v1.5.prompt", "document",
                "models.small.max-input-tokens", "128"));

    assertThat(config.models())
        .containsExactly(
            new ModelConfig(
                "small",
                Path.of("models", "small"),
                new ModelOptions(128, "", "", PinnedFiles.NONE)),
            new ModelConfig(
                "large-v1.5",
                Path.of("/m/large"),
                new ModelOptions(0, "document", "", PinnedFiles.NONE)));
  }

  @Test
  void read_severalModelsAndADirectory_theDirectoryIsNobodys() {
    ConfigReader reader =
        reader(Map.of("embedding.models", "small", "embedding.model-directory", "/m"));
    EmbeddingConfig.read(reader);

    assertThat(catchThrowableOfType(InvalidConfigException.class, reader::throwIfAny).problems())
        .singleElement()
        .asString()
        .startsWith("embedding.model-directory: unknown");
  }

  @Test
  void read_wrongNamesAndNumbers_areRefused() {
    assertThat(problems(Map.of("embedding.models", "a,b,a")))
        .containsExactly("embedding.models: [a, b, a] (expected: at least one, each once)");
    assertThat(problems(Map.of("embedding.models", "../a")))
        .containsExactly("embedding.models: ../a (expected: names of letters, digits, . _ and -)");
    assertThat(problems(Map.of("embedding.max-input-tokens", "2")))
        .containsExactly("max-input-tokens of all-MiniLM-L6-v2: 2 (expected: 0, or 3 to 131072)");
    assertThat(problems(Map.of("embedding.cache-bytes", "-1")))
        .containsExactly("embedding.cache-bytes: -1 (expected: >= 0)");
    assertThat(problems(Map.of("embedding.threads-per-worker", "0")))
        .containsExactly("embedding.threads-per-worker: 0 (expected: 1 to 1024)");
  }

  @Test
  void read_unknownEngineAndDevice_saysWhatIsExpected() {
    ConfigReader reader =
        reader(Map.of("embedding.engine", "torch", "embedding.device", "cpu,cuda:0"));
    EmbeddingConfig.read(reader);

    assertThat(catchThrowableOfType(InvalidConfigException.class, reader::throwIfAny).problems())
        .containsExactly(
            "embedding.engine: torch (expected: one of auto, onnxruntime, nd4j), from command line",
            "embedding.device: cpu,cuda:0 (expected: auto, cpu, or cuda:0[,cuda:1,...], each once),"
                + " from command line");
  }

  private static List<String> problems(Map<String, String> flags) {
    return catchThrowableOfType(InvalidConfigException.class, () -> read(flags)).problems();
  }

  private static EmbeddingConfig read(Map<String, String> flags) {
    ConfigReader reader = reader(flags);
    EmbeddingConfig config = EmbeddingConfig.read(reader);
    assertThatCode(reader::throwIfAny).doesNotThrowAnyException();
    return config;
  }

  private static ConfigReader reader(Map<String, String> flags) {
    return new ConfigReader(List.of(ConfigSource.flags(flags)));
  }
}
