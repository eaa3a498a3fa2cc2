// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestBytesTest {
  @Test
  void everyUnaryCall_saysHowLargeItsMessageIs() throws Exception {
    ComputeAdvantagesRequest request = Answers.request().toBuilder().setRequestId("an-id").build();
    try (FakeServer server = new FakeServer();
        AdvantageClient client = AdvantageClient.connect(server.target())) {
      client.compute(request);
      client.compute(larger(request));

      assertThat(server.headers)
          .extracting(headers -> headers.get(RequestBytes.KEY))
          .containsExactly(
              Integer.toString(GetServerInfoRequest.getDefaultInstance().getSerializedSize()),
              Integer.toString(request.getSerializedSize()),
              Integer.toString(larger(request).getSerializedSize()));
    }
  }

  @Test
  void repeatedAttempt_saysItOnce() throws Exception {
    try (FakeServer server = new FakeServer();
        AdvantageClient client = AdvantageClient.connect(server.target())) {
      server.service.failures.add(Status.UNAVAILABLE.asRuntimeException());

      client.compute(Answers.request());

      assertThat(server.service.computed).hasSize(2);
      assertThat(server.headers)
          .hasSize(3)
          .allSatisfy(headers -> assertThat(headers.getAll(RequestBytes.KEY)).hasSize(1));
    }
  }

  private static ComputeAdvantagesRequest larger(ComputeAdvantagesRequest request) {
    RolloutGroup group = request.getGroups(0);
    return request.toBuilder()
        .setGroups(0, group.toBuilder().setGroupId("a-much-longer-id-than-before"))
        .build();
  }
}
