// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
  @TempDir private Path folder;

  @Test
  void bytes_asLinuxSaysIt_areRead() throws Exception {
    Path status =
        Files.writeString(
            folder.resolve("status"),
            "Name:\tjava\nVmHWM:\t  9 kB\nVmRSS:\t  1024 kB\nThreads:\t3\n");
    assertThat(ResidentMemory.bytes(status)).isEqualTo(1 << 20);
  }

  @Test
  void bytes_notSaid_areNoNumber() throws Exception {
    assertThat(ResidentMemory.bytes(Files.writeString(folder.resolve("status"), "Name:\tjava\n")))
        .isNaN();
    assertThat(ResidentMemory.bytes(folder.resolve("none"))).isNaN();
  }
}
