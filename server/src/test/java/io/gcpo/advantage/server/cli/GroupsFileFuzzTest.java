// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gcpo.advantage.server.testing.Examples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file of groups: each line that is not blank is a group or a problem. */
class GroupsFileFuzzTest {
  static Stream<byte[]> seeds() throws IOException {
    return Stream.of(
        Files.readAllLines(Examples.file("gsm8k_groups.jsonl")).get(0).getBytes(UTF_8),
        "{\"groupId\":\"a\",\"rollouts\":[{\"text\":\"x\",\"reward\":1}]}\n\n{\"group_id\":\"a\"}"
            .getBytes(UTF_8),
        "{\"groupId\":\"\\ud800\",\"rollouts\":[{\"reward\":\"NaN\"}]}\n[".getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 10_000)
  void readsEveryLine(byte[] data) throws IOException {
    String text = new String(data, UTF_8);
    long lines =
        new BufferedReader(new StringReader(text)).lines().filter(s -> !s.isBlank()).count();
    GroupsFile file = new GroupsFile(new BufferedReader(new StringReader(text)));
    long entries = 0;
    for (GroupsFile.Entry entry = file.next(); entry != null; entry = file.next()) {
      assertThat(entry.group() == null).isEqualTo(!entry.problem().isEmpty());
      entries++;
    }
    assertThat(entries).isEqualTo(lines);
  }
}
