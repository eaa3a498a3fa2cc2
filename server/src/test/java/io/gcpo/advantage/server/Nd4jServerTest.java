// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EngineInfo;
import org.junit.jupiter.api.Test;

/** The real server on the other engine. */
class Nd4jServerTest {
  @Test
  void examples_onNd4j_answeredAndSaid() {
    try (TestServer server = TestServer.real("nd4j")) {
      ComputeAdvantagesResponse response =
          server
              .client()
              .compute(ComputeAdvantagesRequest.newBuilder().addAllGroups(Examples.all()).build());
      EngineInfo engine = server.client().info().getEngine();

      assertThat(response.getResultsList()).hasSize(Examples.all().size());
      assertThat(response.getResultsList()).allMatch(result -> result.hasAdvantages());
      assertThat(engine.getName()).isEqualTo("nd4j");
      assertThat(engine.getDevice()).isEqualTo("cpu");
    }
  }
}
