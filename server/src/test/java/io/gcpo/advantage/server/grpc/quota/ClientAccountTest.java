// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.server.testing.CapturedLog;
import io.gcpo.advantage.server.testing.ManualTicker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientAccountTest {
  private final ManualTicker ticker = new ManualTicker();

  @Test
  void begin_overAnyLimit_takesNothingOfTheOthers() {
    ClientAccount account = account(new QuotaLimits(3, 1_000, 2));

    assertThat(account.begin(500)).isEqualTo(500);
    assertRefused(account, 501, QuotaLimit.BYTES_PER_SECOND, 100);
    assertThat(account.begin(500)).isEqualTo(500);
    assertRefused(account, 0, QuotaLimit.CONCURRENT_CALLS, 100);
    account.end();
    assertRefused(account, 400, QuotaLimit.BYTES_PER_SECOND, 400);
    assertThat(account.begin(0)).isZero();
    account.end();
    assertRefused(account, 0, QuotaLimit.CALLS_PER_SECOND, 333);

    ticker.advance(Duration.ofMillis(334));
    assertThat(account.begin(0)).isZero();
    assertThat(account.open()).isEqualTo(2);
  }

  @Test
  void correct_moreThanWasSaid_isOwed_lessIsGivenBack() {
    ClientAccount account = account(new QuotaLimits(0, 1_000, 0));

    long charged = account.begin(10);
    account.correct(charged, 3_000);
    assertThat(account.untilPaid()).isCloseTo(Duration.ofSeconds(2), Duration.ofNanos(9));
    assertRefused(account, 1, QuotaLimit.BYTES_PER_SECOND, 2_001);

    ticker.advance(Duration.ofSeconds(3));
    assertThat(account.untilPaid()).isZero();
    // Larger than the burst: all of it, where it is all there.
    charged = account.begin(1 << 24);
    assertThat(charged).isEqualTo(1_000);
    account.correct(charged, 100);
    assertThat(account.begin(900)).isEqualTo(900);
  }

  @Test
  void accounts_areEachClientsOwn_byItsName() {
    QuotaLimits one = new QuotaLimits(1, 0, 0);
    ClientAccounts accounts =
        new ClientAccounts(
            new QuotaConfig(
                one, Map.of("free", QuotaLimits.NONE), Duration.ofSeconds(1), QuotaMode.ENFORCE),
            ticker);

    accounts.of("a").begin(0);
    assertRefused(accounts.of("a"), 0, QuotaLimit.CALLS_PER_SECOND, 1_000);
    accounts.of("b").begin(0);
    for (int i = 0; i < 100; i++) {
      accounts.of("free").begin(1 << 30);
    }
    assertThat(accounts.of("free").open()).isEqualTo(100);
  }

  @Test
  void accounts_ofNamesThatComeAndGo_areNotKeptForEver() {
    ClientAccounts accounts = new ClientAccounts(QuotaConfig.OFF, ticker);
    ClientAccount present = accounts.of("present");

    for (int i = 0; i < 50_000; i++) {
      accounts.of("name-" + i);
      if (i % 1_000 == 0) {
        assertThat(accounts.of("present")).isSameAs(present);
      }
    }

    assertThat(accounts.size()).isLessThanOrEqualTo(4_096);
  }

  @Test
  void log_namesTheClientOnceInTenSeconds() {
    QuotaLog log = new QuotaLog("nightly", ticker);
    QuotaExceededException excess =
        new QuotaExceededException(
            "nightly", QuotaLimit.CALLS_PER_SECOND, 5, Duration.ofSeconds(1));
    try (CapturedLog captured = CapturedLog.open()) {
      for (int i = 0; i < 30; i++) {
        log.exceeded(excess, QuotaMode.SHADOW);
        ticker.advance(Duration.ofSeconds(1));
      }

      assertThat(captured.lines().stream().filter(line -> line.contains("client nightly")))
          .hasSize(3)
          .last()
          .asString()
          .contains(
              "would have been refused (quota.mode: shadow) since the last such line: 10",
              "the client's quota: 5 calls a second");
    }
  }

  private ClientAccount account(QuotaLimits limits) {
    return new ClientAccount("a", limits, Duration.ofSeconds(1), ticker);
  }

  private static void assertRefused(
      ClientAccount account, long bytes, QuotaLimit limit, long milliseconds) {
    assertThatExceptionOfType(QuotaExceededException.class)
        .isThrownBy(() -> account.begin(bytes))
        .satisfies(
            excess -> {
              assertThat(excess.limit()).isEqualTo(limit);
              assertThat(excess.retryAfter())
                  .isCloseTo(Duration.ofMillis(milliseconds), Duration.ofMillis(1));
            });
  }
}
