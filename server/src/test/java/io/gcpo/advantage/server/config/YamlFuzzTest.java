// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file of settings: it is read, and what is wrong with it is named. */
class YamlFuzzTest {
  @TempDir private static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(
            "grpc:\n  port: 8443\nembedding: {workers: 2, deterministic: true}\n",
            "a: &x [1, 2]\nb: *x\n",
            "? {a: b}\n: c\n---\nd: |\n  e\n",
            "a: !!binary x\nb: <<: *y\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 5_000)
  void readsOrSaysWhatIsWrong(byte[] data) throws IOException {
    Path file = Files.write(folder.resolve("settings.yaml"), data);
    ConfigSource source = new ConfigFile(file).read();
    assertThat(source.problems())
        .allSatisfy(problem -> assertThat(problem).contains("(expected: "));
  }
}
