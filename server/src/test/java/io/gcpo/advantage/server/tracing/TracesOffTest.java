// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.server.ServerProcess;
import io.gcpo.advantage.server.testing.Groups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TracesOffTest {
  @TempDir private Path folder;

  @Test
  void default_noClassOfOpenTelemetryIsLoaded() throws Exception {
    Path classes = folder.resolve("classes");
    try (ServerProcess server =
            ServerProcess.start(folder, List.of("-Xlog:class+load:file=" + classes));
        AdvantageClient client = AdvantageClient.connect(server.target())) {
      client.compute(Groups.request(Groups.sound("g")));

      assertThat(Files.readString(classes))
          .contains("io.gcpo.advantage.server.pipeline.AdvantagePipeline ")
          .doesNotContain("io.opentelemetry.");
    }
  }
}
