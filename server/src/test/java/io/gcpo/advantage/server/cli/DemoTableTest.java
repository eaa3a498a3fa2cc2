// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTableTest {

  @Test
  void group_isOneLineARolloutAndASummary() {
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      ComputeAdvantagesResponse answer = server.client().compute(request(sound("g")));
      StringWriter text = new StringWriter();

      new DemoTable(new PrintWriter(text, true))
          .group(sound("g"), answer.getResults(0), answer.getResults(0));

      assertThat(text.toString().lines().filter(line -> !line.isBlank())).hasSize(5);
      assertThat(text.toString()).contains("+0.7071").contains("of 1 correct");
    }
  }
}
