// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricEigen;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CosineKernelTest {

  @Test
  void of_randomGroups_agreesWithDefinitionAndIsPositiveSemiDefinite() {
    for (int seed = 0; seed < 1000; seed++) {
      SampleGroup group = new RandomGroups(seed).next(12);
      SymmetricMatrix kernel = CosineKernel.of(group.embeddings());
      SymmetricMatrix plain = group.plainKernel();
      for (int i = 0; i < group.size(); i++) {
        for (int j = 0; j < group.size(); j++) {
          assertThat(kernel.get(i, j))
              .as("seed %d, %s", seed, group.kind())
              .isCloseTo(plain.get(i, j), within(1e-14))
              .isBetween(-1.0, 1.0);
        }
      }
      assertThat(SymmetricEigen.valuesOf(kernel).min())
          .as("seed %d, %s", seed, group.kind())
          .isGreaterThan(-1e-14);
    }
  }

  @Test
  void of_identicalRows_isExactlyOne() {
    for (int seed = 0; seed < 1000; seed++) {
      SampleGroup group = new RandomGroups(seed).next(8).pick(0, 0, 0);
      SymmetricMatrix kernel = CosineKernel.of(group.embeddings());
      boolean zero = group.embeddings().dot(0, 0) == 0;
      assertThat(kernel)
          .as("seed %d, %s", seed, group.kind())
          .isEqualTo(SymmetricMatrix.of(3, (i, j) -> zero ? 0 : 1));
    }
  }

  @Test
  void of_zeroVector_isSimilarToNothing() {
    SymmetricMatrix kernel =
        CosineKernel.of(
            FloatMatrix.ofRows(List.of(new float[2], new float[] {1, 0}, new float[2])));
    assertThat(kernel).isEqualTo(SymmetricMatrix.of(3, (i, j) -> i == 1 && j == 1 ? 1 : 0));
  }

  @Test
  void of_extremeFloats_isExact() {
    float max = Float.MAX_VALUE;
    float min = Float.MIN_VALUE;
    SymmetricMatrix kernel =
        CosineKernel.of(
            FloatMatrix.ofRows(
                List.of(new float[] {max, 0}, new float[] {min, 0}, new float[] {-min, 0})));
    assertThat(kernel.get(0, 0)).isEqualTo(1);
    assertThat(kernel.get(1, 1)).isEqualTo(1);
    assertThat(kernel.get(0, 1)).isCloseTo(1, within(1e-15));
    assertThat(kernel.get(1, 2)).isEqualTo(-1);
  }

  @Test
  void of_powerOfTwoScaling_changesNothing() {
    FloatMatrix rows = FloatMatrix.ofRows(List.of(new float[] {3, 4.5f}, new float[] {-1, 0.3f}));
    FloatMatrix scaled = FloatMatrix.ofRows(List.of(new float[] {6, 9}, new float[] {-4, 1.2f}));
    assertThat(CosineKernel.of(scaled)).isEqualTo(CosineKernel.of(rows));
  }
}
