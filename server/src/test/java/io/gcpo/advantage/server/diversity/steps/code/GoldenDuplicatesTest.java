// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Programs against copies of them that Python's own syntax tree says are the same. */
final class GoldenDuplicatesTest {
  @Test
  void collect_copies_haveEqualFeatures() {
    int copies = 0;
    for (JsonObject program : programs()) {
      FeatureBag features = CodeBags.of(program.get("text").getAsString());
      for (Map.Entry<String, JsonElement> copy : program.getAsJsonObject("copies").entrySet()) {
        assertThat(CodeBags.of(copy.getValue().getAsString()))
            .as("%s of %s", copy.getKey(), program.get("text").getAsString())
            .isEqualTo(features);
        copies++;
      }
    }
    assertThat(copies).isGreaterThan(150);
  }

  @Test
  void looksLikeCode_programs_true() {
    for (JsonObject program : programs()) {
      String text = program.get("text").getAsString();
      assertThat(CodeBags.looksLikeCode(text)).as(text).isTrue();
    }
  }

  private static List<JsonObject> programs() {
    List<JsonObject> programs = new ArrayList<>();
    for (JsonElement problem : read().getAsJsonArray()) {
      for (JsonElement program : problem.getAsJsonObject().getAsJsonArray("programs")) {
        programs.add(program.getAsJsonObject());
      }
    }
    return programs;
  }

  private static JsonElement read() {
    InputStream file =
        Objects.requireNonNull(
            GoldenDuplicatesTest.class.getResourceAsStream("/golden/code/duplicates.json"));
    try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
