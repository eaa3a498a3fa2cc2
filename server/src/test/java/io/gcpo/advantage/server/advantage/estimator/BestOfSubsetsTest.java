// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.testing.Advantages.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class BestOfSubsetsTest {
  @Test
  void scores_randomRewards_equalTheEnumerationOfSubsets() {
    for (int seed = 0; seed < 1000; seed++) {
      Vector rewards = new RandomGroups(seed).next(10).rewards();
      double scale = Math.max(1, Estimating.largest(rewards));
      for (int k = 1; k <= rewards.size() + 1; k++) {
        for (PkpoVariant variant : PkpoVariant.values()) {
          Vector actual = BestOfSubsets.scores(rewards, k, variant);
          Vector expected = enumerated(rewards, k, variant);
          for (int i = 0; i < rewards.size(); i++) {
            assertThat(actual.get(i))
                .as("seed %d, k %d, %s, rollout %d", seed, k, variant, i)
                .isCloseTo(expected.get(i), within(1e-12 * scale));
          }
        }
      }
    }
  }

  @Test
  void scores_binaryRewards_equalTheClosedForms() {
    // n = 8, c = 3, k = 4: k/n = 1/2.
    Vector rewards = Vector.of(1, 0, 0, 1, 0, 1, 0, 0);
    double right = 0.5 * 10 / 35; // (k/n) C(5, 3) / C(7, 3)
    assertClose(
        "LEAVE_ONE_OUT_MINUS_ONE",
        BestOfSubsets.scores(rewards, 4, PkpoVariant.LEAVE_ONE_OUT_MINUS_ONE),
        right,
        0,
        0,
        right,
        0,
        right,
        0,
        0);
    double wrong = 0.5 * (1 - 4.0 / 35); // (k/n) rho(7, 3, 3)
    assertClose(
        "PLAIN",
        BestOfSubsets.scores(rewards, 4, PkpoVariant.PLAIN),
        0.5,
        wrong,
        wrong,
        0.5,
        wrong,
        0.5,
        wrong,
        wrong);
  }

  @Test
  void scores_ofOne_areTheGains() {
    for (PkpoVariant variant : PkpoVariant.values()) {
      assertThat(BestOfSubsets.scores(Vector.of(1, -3, 0, 1), 1, variant))
          .isEqualTo(Vector.of(1, 0, 0.75, 1));
    }
  }

  /**
   * Weighted by 1 / k and summed over k, the leave-one-out scores are the Shapley values of the
   * game "best reward of the set", which have a closed form of their own, the airport game's.
   */
  @Test
  void scores_overAllK_sumToTheShapleyValueOfTheBest() {
    for (int seed = 0; seed < 1000; seed++) {
      Vector rewards = new RandomGroups(seed).next(24).rewards();
      int n = rewards.size();
      double[] sums = new double[n];
      for (int k = 1; k <= n; k++) {
        Vector scores = BestOfSubsets.scores(rewards, k, PkpoVariant.LEAVE_ONE_OUT_MINUS_ONE);
        for (int i = 0; i < n; i++) {
          sums[i] += scores.get(i) / k;
        }
      }
      Vector expected = airport(gains(rewards));
      for (int i = 0; i < n; i++) {
        assertThat(sums[i])
            .as("seed %d, rollout %d", seed, i)
            .isCloseTo(expected.get(i), within(1e-12 * Math.max(1, gains(rewards).max())));
      }
    }
  }

  @Test
  void scores_equalRewards_areEqualBitByBit() {
    for (int k = 1; k <= 7; k++) {
      for (PkpoVariant variant : PkpoVariant.values()) {
        Vector scores =
            BestOfSubsets.scores(Vector.of(0.1, 0.3, 0.1, 0.7, 0.3, 0.1, 0.7), k, variant);
        assertThat(scores.get(0)).isEqualTo(scores.get(2)).isEqualTo(scores.get(5));
        assertThat(scores.get(1)).isEqualTo(scores.get(4));
        assertThat(scores.get(3)).isEqualTo(scores.get(6));
      }
    }
  }

  @Test
  void shares_ofManyRollouts_equalTheBinomials() {
    for (int n : new int[] {1, 2, 5, 64, 1024}) {
      for (int k : new int[] {1, 2, 4, 32, 512, 1023, 1024}) {
        if (k > n) {
          continue;
        }
        double[] shares = BestOfSubsets.shares(n, k);
        BigInteger all = binomial(n, k);
        for (int j : new int[] {0, n / 2, Math.max(0, k - 2), k - 1, n - 1}) {
          double expected =
              new BigDecimal(binomial(j, k - 1))
                  .divide(new BigDecimal(all), MathContext.DECIMAL64)
                  .doubleValue();
          assertThat(shares[j])
              .as("n %d, k %d, j %d", n, k, j)
              .isCloseTo(expected, within(1e-12 * expected));
        }
        assertThat(DoubleStream.of(shares).sum()).isCloseTo(1, within(1e-12));
      }
    }
  }

  private static Vector enumerated(Vector rewards, int k, PkpoVariant variant) {
    int n = rewards.size();
    Vector gains = gains(rewards);
    double[] sums = new double[n];
    int subsets = 0;
    for (int subset = 0; subset < 1 << n; subset++) {
      if (Integer.bitCount(subset) != k) {
        continue;
      }
      subsets++;
      for (int i = 0; i < n; i++) {
        if ((subset >> i & 1) == 1) {
          sums[i] += best(gains, subset);
          if (variant == PkpoVariant.LEAVE_ONE_OUT_MINUS_ONE) {
            sums[i] -= best(gains, subset & ~(1 << i));
          }
        }
      }
    }
    int count = Math.max(1, subsets);
    return Vector.of(n, i -> sums[i] / count);
  }

  private static double best(Vector gains, int subset) {
    double best = 0;
    for (int i = 0; i < gains.size(); i++) {
      if ((subset >> i & 1) == 1) {
        best = Math.max(best, gains.get(i));
      }
    }
    return best;
  }

  private static Vector gains(Vector rewards) {
    double shift = Math.min(0, rewards.min());
    return Vector.of(rewards.size(), i -> rewards.get(i) - shift);
  }

  /** Every step up in gain is shared by those who have it. */
  private static Vector airport(Vector gains) {
    double[] ascending = new double[gains.size()];
    Arrays.setAll(ascending, gains::get);
    Arrays.sort(ascending);
    return Vector.of(
        gains.size(),
        i -> {
          double sum = 0;
          double below = 0;
          for (int t = 0; t < ascending.length && ascending[t] <= gains.get(i); t++) {
            sum += (ascending[t] - below) / (ascending.length - t);
            below = ascending[t];
          }
          return sum;
        });
  }

  private static BigInteger binomial(int n, int k) {
    if (k > n) {
      return BigInteger.ZERO;
    }
    BigInteger result = BigInteger.ONE;
    for (int i = 1; i <= k; i++) {
      result = result.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return result;
  }
}
