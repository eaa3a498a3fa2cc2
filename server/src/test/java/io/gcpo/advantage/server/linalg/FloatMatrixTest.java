// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FloatMatrixTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 63, 384})
  void dot_anyLength_agreesWithPlainSum(int columns) {
    Random random = new Random(columns);
    FloatMatrix matrix =
        FloatMatrix.fill(
            2,
            columns,
            (row, target, offset) -> {
              for (int k = 0; k < columns; k++) {
                target[offset + k] = (float) random.nextGaussian();
              }
            });
    double plain = 0;
    for (int k = 0; k < columns; k++) {
      plain += (double) matrix.get(0, k) * matrix.get(1, k);
    }
    assertThat(matrix.dot(0, 1)).isCloseTo(plain, within(1e-13 * columns));
    assertThat(matrix.dot(1, 0)).isEqualTo(matrix.dot(0, 1));
  }

  @Test
  void dot_extremeFloats_neitherOverflowsNorUnderflows() {
    FloatMatrix matrix =
        FloatMatrix.ofRows(List.of(new float[] {Float.MAX_VALUE}, new float[] {Float.MIN_VALUE}));
    assertThat(matrix.dot(0, 0)).isEqualTo((double) Float.MAX_VALUE * Float.MAX_VALUE).isFinite();
    assertThat(matrix.dot(1, 1)).isPositive();
  }

  @Test
  void ofRows_callerChangesItsArray_matrixStays() {
    float[] row = {1, 2};
    FloatMatrix matrix = FloatMatrix.ofRows(List.of(row));
    row[0] = 9;
    assertThat(matrix.get(0, 0)).isEqualTo(1);
    assertThat(matrix.rows()).isEqualTo(1);
    assertThat(matrix.columns()).isEqualTo(2);
  }

  @Test
  void fill_noRows_isAnEmptyMatrix() {
    assertThat(FloatMatrix.fill(0, 3, (row, target, offset) -> {}).rows()).isZero();
  }

  @Test
  void construction_badInput_isRefused() {
    assertThatThrownBy(() -> FloatMatrix.ofRows(List.of())).hasMessage("rows: 0 (expected: >= 1)");
    assertThatThrownBy(() -> FloatMatrix.ofRows(List.of(new float[0])))
        .hasMessage("columns: 0 (expected: >= 1)");
    assertThatThrownBy(() -> FloatMatrix.fill(-1, 1, (row, target, offset) -> {}))
        .hasMessage("rows: -1 (expected: >= 0)");
    assertThatThrownBy(() -> FloatMatrix.ofRows(List.of(new float[2], new float[3])))
        .hasMessage("rows[1]: 3 values (expected: 2)");
    assertThatThrownBy(() -> FloatMatrix.ofRows(List.of(new float[2], new float[] {0, Float.NaN})))
        .hasMessage("values[1][1]: NaN (expected: finite)");
    assertThatThrownBy(() -> FloatMatrix.ofRows(List.of(new float[] {Float.NEGATIVE_INFINITY})))
        .hasMessage("values[0][0]: -Infinity (expected: finite)");
  }
}
