// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shares of random games against arithmetic with 400 digits. */
final class GoldenCreditsTest {
  /** Above it the embeddings' rounding to float64 kernels leaves a volume no correct digit. */
  private static final double MAX_CONDITION = 1e11;

  @ParameterizedTest
  @EnumSource
  void shapley_equalsGolden(Volume volume) throws IOException {
    assertGolden(volume, Allocation.SHAPLEY);
  }

  @ParameterizedTest
  @EnumSource
  void banzhaf_equalsGolden(Volume volume) throws IOException {
    assertGolden(volume, Allocation.BANZHAF);
  }

  @ParameterizedTest
  @EnumSource
  void leaveOneOut_equalsGoldenRescaled(Volume volume) throws IOException {
    assertGolden(volume, Allocation.LEAVE_ONE_OUT);
  }

  @ParameterizedTest
  @EnumSource(names = "LOGDET")
  void matrixLog_equalsGolden(Volume volume) throws IOException {
    assertGolden(volume, Allocation.MATRIX_LOG);
  }

  private static void assertGolden(Volume volume, Allocation allocation) throws IOException {
    int compared = 0;
    for (JsonObject golden : games()) {
      CoverageGame game = game(golden);
      CreditShares shares = Games.share(game, volume, allocation);
      JsonObject expected = golden.getAsJsonObject(volume.name());
      double teamValue = expected.get("value").getAsDouble();
      Vector values = vector(expected.get(allocation.name()));
      double scale = 1;
      if (allocation == Allocation.LEAVE_ONE_OUT && values.sum() > 0) {
        scale = teamValue / values.sum();
      }
      double condition = golden.get("condition").getAsDouble();
      double unit = 8 * game.size() * 0x1p-53 * condition;
      String name = allocation + " of " + volume + ", game " + compared;
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) == 0) {
          assertThat(shares.values().get(i)).as(name).isEqualTo(0.0);
        }
        if (condition <= MAX_CONDITION) {
          assertThat(shares.values().get(i))
              .as("%s, rollout %d", name, i)
              .isCloseTo(
                  scale * values.get(i),
                  within(unit * Math.max(1, scale) * Math.max(1, scale * values.max())));
        }
      }
      if (condition <= MAX_CONDITION) {
        assertThat(shares.teamValue())
            .as(name)
            .isCloseTo(teamValue, within(unit * Math.max(1, teamValue)));
      }
      compared++;
    }
    assertThat(compared).isEqualTo(96);
  }

  private static CoverageGame game(JsonObject golden) {
    List<float[]> rows = new ArrayList<>();
    for (JsonElement row : golden.getAsJsonArray("embeddings")) {
      JsonArray numbers = row.getAsJsonArray();
      float[] values = new float[numbers.size()];
      for (int k = 0; k < values.length; k++) {
        values[k] = numbers.get(k).getAsFloat();
      }
      rows.add(values);
    }
    return CoverageGame.of(
        CosineKernel.of(FloatMatrix.ofRows(rows)),
        vector(golden.get("rewards")),
        golden.get("reward_exponent").getAsDouble(),
        golden.get("alpha").getAsDouble());
  }

  private static Vector vector(JsonElement array) {
    JsonArray numbers = array.getAsJsonArray();
    return Vector.of(numbers.size(), i -> numbers.get(i).getAsDouble());
  }

  private static List<JsonObject> games() throws IOException {
    try (InputStream stream =
            Objects.requireNonNull(
                GoldenCreditsTest.class.getResourceAsStream("/golden/credit/credit.json"));
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      List<JsonObject> games = new ArrayList<>();
      for (JsonElement game :
          JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("games")) {
        games.add(game.getAsJsonObject());
      }
      return games;
    }
  }
}
