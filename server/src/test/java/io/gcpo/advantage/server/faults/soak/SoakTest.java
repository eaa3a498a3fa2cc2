// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.AdvantageServer;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.server.faults.report.Scale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server under 0.7 of the load that it can bear, from callers of which four in ten misbehave,
 * answers every sound one and grows in nothing. {@code -Dgcpo.soak.minutes} says for how long, an
 * hour without; a brief run proves the suite more than the server.
 */
@Timeout(value = 24, unit = TimeUnit.HOURS)
class SoakTest {
  private static final int DEFAULT_MINUTES = 60;

  @TempDir private Path folder;

  @Test
  void server_underSteadyLoad_growsInNothing() throws Exception {
    Duration length =
        Scale.isFull()
            ? Duration.ofMinutes(Integer.getInteger("gcpo.soak.minutes", DEFAULT_MINUTES))
            : Duration.ofSeconds(6);
    Soak soak =
        new Soak(
            "soak",
            AdvantageServer.class.getName(),
            "-ea",
            Duration.ofSeconds(Scale.of(2, 60)),
            length,
            Duration.ofMillis(Scale.of(250, 5_000)),
            Scale.of(1, 12));

    assertThat(soak.run(folder, questions()).leaking()).isEmpty();
  }

  /**
   * A kibibyte a call; of a brief run, which cannot see so little, a mebibyte. What lies beside the
   * heap may still be settling.
   */
  @Test
  void leak_isCaught() throws Exception {
    Soak soak =
        new Soak(
            "soak-leak",
            LeakingServer.class.getName(),
            "-D%s=%d".formatted(LeakingServer.BYTES, Scale.of(1 << 20, 1 << 10)),
            Duration.ofSeconds(Scale.of(2, 60)),
            Duration.ofSeconds(Scale.of(6, 300)),
            Duration.ofMillis(Scale.of(250, 5_000)),
            1);

    assertThat(soak.run(folder, questions()).leaking()).contains(Figure.LIVE_HEAP);
  }

  private static List<Question> questions() {
    try (TestServer oracle = TestServer.real()) {
      return MixedQuestions.ask(oracle.client(), Scale.of(12, 96));
    }
  }
}
