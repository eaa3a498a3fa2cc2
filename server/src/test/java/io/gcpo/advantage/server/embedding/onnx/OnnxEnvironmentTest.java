// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxEnvironmentTest {
  @Test
  void batchThatFailsWhileTheProcessStops_doesNotKillIt(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=" + folder.resolve("hs_err"),
                "-cp",
                System.getProperty("java.class.path"),
                FailingBatchesAtExit.class.getName(),
                GoldenEmbeddings.model().modelFile().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(folder.resolve("hs_err")).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }
}
