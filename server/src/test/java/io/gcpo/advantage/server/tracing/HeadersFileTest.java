// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.testing.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersFileTest {
  @TempDir private Path folder;

  @Test
  void get_noFile_isEmpty() {
    assertThat(new HeadersFile(null).get()).isEmpty();
  }

  @Test
  void get_fileReplaced_isTheNewOneAndABadOneChangesNothing() throws IOException {
    Path file = write("# who we are\n\nauthorization: Bearer a:b\nx-tenant:t\n");
    HeadersFile headers = new HeadersFile(file);
    assertThat(headers.get()).isEqualTo(Map.of("authorization", "Bearer a:b", "x-tenant", "t"));

    write("authorization: Bearer c\n");
    assertThat(headers.get()).isEqualTo(Map.of("authorization", "Bearer c"));

    write("nonsense\n");
    assertThat(headers.get()).isEqualTo(Map.of("authorization", "Bearer c"));
    Files.delete(file);
    assertThat(headers.get()).isEqualTo(Map.of("authorization", "Bearer c"));
  }

  @Test
  void get_fileStaysBad_isSaidOnce() throws IOException {
    HeadersFile headers = new HeadersFile(write("nonsense\n"));
    try (CapturedLog log = CapturedLog.open()) {
      for (int export = 0; export < 3; export++) {
        assertThat(headers.get()).isEmpty();
      }
      assertThat(log.lines()).filteredOn(HeadersFileTest::isOfHeaders).hasSize(1);

      write("a: b\n");
      assertThat(headers.get()).isEqualTo(Map.of("a", "b"));
      write("nonsense\n");
      assertThat(headers.get()).isEqualTo(Map.of("a", "b"));
      assertThat(log.lines()).filteredOn(HeadersFileTest::isOfHeaders).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", ": s3cret", "a b: s3cret", "a: s3cret\u00e9"})
  void load_badLine_isNamedWithoutItsText(String line) throws IOException {
    HeadersFile headers = new HeadersFile(write("a: b\n" + line + "\n"));
    assertThatThrownBy(headers::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tracing.headers-file: line 2")
        .hasMessageContaining("(expected: name: value)")
        .hasMessageNotContaining("s3cret");
  }

  private static boolean isOfHeaders(String line) {
    return line.contains("Headers of traces");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("headers"), text);
  }
}
