// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A promise that no test holds is worse than none: what the documents name is there. */
class DocumentedTestsTest {
  private static final Path CLIENTS = Path.of("../client-stubs");
  private static final Pattern NAME = Pattern.compile("\\b(\\w+Test|test_\\w+)\\b");

  @ParameterizedTest
  @ValueSource(strings = {"security.md", "faults.md"})
  void namedTests_areThere(String document) throws IOException {
    Set<String> named = new TreeSet<>();
    NAME.matcher(Files.readString(Path.of("docs", document)))
        .results()
        .forEach(match -> named.add(match.group()));

    assertThat(named).hasSizeGreaterThan(5);
    assertThat(tests()).containsAll(named);
  }

  private static Set<String> tests() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path root :
        new Path[] {
          Path.of("src/test/java"),
          CLIENTS.resolve("java/src/test/java"),
          CLIENTS.resolve("python/tests")
        }) {
      try (Stream<Path> files = Files.walk(root)) {
        names.addAll(
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java") || name.endsWith(".py"))
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .collect(Collectors.toSet()));
      }
    }
    return names;
  }
}
