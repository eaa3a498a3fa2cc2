// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.auth.UnauthenticatedException.Reason;
import io.gcpo.advantage.server.testing.CapturedLog;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final RefusalLog log =
      new RefusalLog(
          new Ticker() {
            @Override
            public long read() {
              return nanos.get();
            }
          });

  @Test
  void refusals_logged_onceInTenSecondsWithTheirNumber() {
    try (CapturedLog captured = CapturedLog.open()) {
      refuse(3);
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
      refuse(1);
      assertThat(captured.lines()).containsExactly(line(1));

      nanos.incrementAndGet();
      refuse(2);
      assertThat(captured.lines()).containsExactly(line(1), line(4));
    }
  }

  private void refuse(int times) {
    for (int i = 0; i < times; i++) {
      log.refused(Reason.TOKEN_INVALID, "a/B", "/192.0.2.1:5");
    }
  }

  private static String line(int number) {
    return "WARN calls refused for their token since the last such line: %d; the last: TOKEN_INVALID, a/B from /192.0.2.1:5"
        .formatted(number);
  }
}
