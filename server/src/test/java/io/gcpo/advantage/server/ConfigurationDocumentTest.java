// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9.-]+)` \\| (?:`([^`]*)`)? ?\\|.*");

  @Test
  void table_hasEveryKeyWithItsDefault() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("docs", "configuration.md"))) {
      if (line.startsWith("## ")) {
        // The tables of other sections are of other things.
        break;
      }
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        documented.put(row.group(1), row.group(2) == null ? "" : row.group(2));
      }
    }
    Map<String, String> effective = new TreeMap<>();
    for (String setting : ServerConfig.read(List.of()).effective()) {
      String[] parts = setting.split(" = ", 2);
      effective.put(parts[0], parts[1]);
    }

    assertThat(documented.keySet()).isEqualTo(effective.keySet());
    documented.forEach(
        (key, value) -> {
          // Left empty where it depends on the machine.
          if (!value.isEmpty()) {
            assertThat(value).as(key).isEqualTo(effective.get(key));
          }
        });
  }
}
