// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WindowCutterTest {
  private static final SpecialTokens TWO =
      new SpecialTokens(TokenIds.copyOf(101), TokenIds.copyOf(102));

  private final WindowCutter cutter = new WindowCutter(TWO, 5);

  @ParameterizedTest
  @EnumSource(TruncationPolicy.class)
  void cut_fits_oneWindow(TruncationPolicy policy) {
    WindowCutter.Windows windows = windows(policy, 1, 2, 3);

    assertThat(windows.contents()).containsExactly(TokenIds.copyOf(1, 2, 3));
    assertThat(windows.tokens()).isEqualTo(5);
    assertThat(windows.truncatedTokens()).isZero();
  }

  @Test
  void cut_noContent_oneEmptyWindow() {
    WindowCutter.Windows windows = windows(TruncationPolicy.CHUNK_MEAN);

    assertThat(windows.contents()).containsExactly(TokenIds.EMPTY);
    assertThat(windows.tokens()).isEqualTo(2);
  }

  @Test
  void cut_chunkMean_allTokensInOrder() {
    WindowCutter.Windows windows = windows(TruncationPolicy.CHUNK_MEAN, 1, 2, 3, 4, 5, 6, 7);

    assertThat(windows.contents())
        .containsExactly(TokenIds.copyOf(1, 2, 3), TokenIds.copyOf(4, 5, 6), TokenIds.copyOf(7));
    assertThat(windows.tokens()).isEqualTo(9);
    assertThat(windows.truncatedTokens()).isZero();
  }

  @Test
  void cut_keepHead_firstTokens() {
    WindowCutter.Windows windows = windows(TruncationPolicy.KEEP_HEAD, 1, 2, 3, 4, 5);

    assertThat(windows.contents()).containsExactly(TokenIds.copyOf(1, 2, 3));
    assertThat(windows.truncatedTokens()).isEqualTo(2);
  }

  @Test
  void cut_keepTail_lastTokens() {
    WindowCutter.Windows windows = windows(TruncationPolicy.KEEP_TAIL, 1, 2, 3, 4, 5);

    assertThat(windows.contents()).containsExactly(TokenIds.copyOf(3, 4, 5));
    assertThat(windows.truncatedTokens()).isEqualTo(2);
  }

  @Test
  void cut_error_refusesOneTokenTooMany() {
    assertThat(cutter.cut(TokenIds.copyOf(1, 2, 3, 4), TruncationPolicy.ERROR))
        .isEqualTo(new WindowCutter.Refusal(new TextOutcome.TooLong(6, 5)));
  }

  @Test
  void construct_windowWithoutRoom_isRefused() {
    assertThatThrownBy(() -> new WindowCutter(TWO, 2))
        .hasMessage("maxInputTokens: 2 (expected: > 2 special tokens)");
  }

  private WindowCutter.Windows windows(TruncationPolicy policy, long... content) {
    return (WindowCutter.Windows) cutter.cut(TokenIds.copyOf(content), policy);
  }
}
