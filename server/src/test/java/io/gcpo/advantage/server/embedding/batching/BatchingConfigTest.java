// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import io.gcpo.advantage.server.embedding.Device;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BatchingConfigTest {
  @Test
  void read_nothingSet_defaults() {
    int processors = Runtime.getRuntime().availableProcessors();

    assertThat(BatchingConfig.read(new ConfigReader(List.of())))
        .isEqualTo(
            new BatchingConfig(
                0,
                Math.max(1, processors / 4),
                0,
                256,
                65_536,
                4,
                false,
                4_000_000,
                Duration.ofSeconds(60)));
  }

  @Test
  void read_everythingSet_asSet() {
    Map<String, String> flags =
        Map.of(
            "embedding.workers", "2",
            "embedding.tokenizer-threads", "4",
            "embedding.token-budget", "5",
            "embedding.min-token-budget", "6",
            "embedding.max-token-budget", "7",
            "embedding.length-bucket", "8",
            "embedding.deterministic", "true",
            "embedding.max-queued-tokens", "9",
            "embedding.batch-timeout", "7s");
    ConfigReader reader = new ConfigReader(List.of(ConfigSource.flags(flags)));

    assertThat(BatchingConfig.read(reader))
        .isEqualTo(new BatchingConfig(2, 4, 5, 6, 7, 8, true, 9, Duration.ofSeconds(7)));
    assertThatCode(reader::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void construct_everythingWrong_allProblemsTogether() {
    InvalidConfigException thrown =
        catchThrowableOfType(
            InvalidConfigException.class,
            () -> new BatchingConfig(-1, 0, -1, 0, -1, 0, true, 0, Duration.ofMillis(9)));

    assertThat(thrown.problems())
        .containsExactly(
            "embedding.workers: -1 (expected: 0 to 1024)",
            "embedding.tokenizer-threads: 0 (expected: 1 to 1024)",
            "embedding.token-budget: -1 (expected: 0 to 131072)",
            "embedding.min-token-budget: 0 (expected: 1 to 131072)",
            "embedding.max-token-budget: -1 (expected: min-token-budget to 131072)",
            "embedding.length-bucket: 0 (expected: 1 to 4096)",
            "embedding.max-queued-tokens: 0 (expected: >= 1)",
            "embedding.batch-timeout: PT0.009S (expected: 10ms to 1h)");
  }

  @Test
  void workersOn_notSet_suitTheDevice() {
    BatchingConfig config = BatchingConfig.read(new ConfigReader(List.of()));

    assertThat(config.workersOn(Device.CPU)).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(config.workersOn(Device.parse("cuda:0"))).isEqualTo(2);
  }

  @Test
  void workersOn_set_asSet() {
    assertThat(
            new BatchingConfig(7, 1, 1, 1, 1, 1, true, 1, Duration.ofSeconds(1))
                .workersOn(Device.CPU))
        .isEqualTo(7);
  }
}
