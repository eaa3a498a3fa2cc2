// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "0.004, 0.00",
    "9.994, 9.99",
    "12.34, 12.3",
    "123.4, 123",
    "1234567, '1,234,567'"
  })
  void rate_hasThreeDigits(double rate, String text) {
    assertThat(Numbers.rate(rate)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "16777216, 16.0 MiB",
    "1.5e13, 13.6 TiB",
    "1e18, '909494.7 TiB'"
  })
  void bytes_haveAUnit(double bytes, String text) {
    assertThat(Numbers.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT-1S, 0 s",
    "PT59.9S, 59 s",
    "PT61S, 1 min 1 s",
    "PT3H2M, 3 h 2 min",
    "P2DT3H, 2 d 3 h"
  })
  void duration_hasItsTwoLargestUnits(Duration duration, String text) {
    assertThat(Numbers.duration(duration)).isEqualTo(text);
  }

  @Test
  void noNumber_isADash() {
    assertThat(Numbers.real(Double.NaN)).isEqualTo("–");
    assertThat(Numbers.real(OptionalDouble.empty())).isEqualTo("–");
    assertThat(Numbers.millis(OptionalDouble.empty())).isEqualTo("–");
    assertThat(Numbers.share(0, 0)).isEqualTo("–");
    assertThat(Numbers.share(1, 8)).isEqualTo("12.5 %");
    assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
  }
}
