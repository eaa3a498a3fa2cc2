// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.Groups;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.AdvantageServiceGrpc.AdvantageServiceBlockingStub;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model whose every batch fails: probes say that only a new process helps, until it is well. */
@Timeout(120)
final class LostModelTest {
  private static final Fault LOST = new Fault("encoder.encode.before", Action.EXCEPTION);

  private final Failpoints points = new Failpoints();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void lostModel_isNeitherAliveNorReady_untilItIsWellAgain() {
    try (TestServer server =
        TestServer.with(new FaultyEmbedding(points), new FaultySurroundings(points), Map.of())) {
      AdvantageServiceBlockingStub stub = stub(server);
      assertThat(probe(server, "livez").statusCode()).isEqualTo(200);

      points.arm(LOST, Integer.MAX_VALUE);
      Await.until(
          () -> {
            assertThat(refusal(stub)).isEqualTo(Code.UNAVAILABLE);
            return probe(server, "livez").statusCode() == 503;
          });
      assertThat(probe(server, "livez").body()).isEqualTo("embedding: lost\n");
      assertThat(probe(server, "readyz").statusCode()).isEqualTo(503);

      assertThat(points.disarm().count(LOST)).isPositive();
      Await.until(
          () ->
              probe(server, "livez").statusCode() == 200
                  && probe(server, "readyz").statusCode() == 200);
      assertThat(stub.computeAdvantages(Groups.request(Groups.sound("a"))).getResults(0))
          .matches(result -> result.hasAdvantages());
    }
  }

  private static AdvantageServiceBlockingStub stub(TestServer server) {
    return AdvantageServiceGrpc.newBlockingStub(server.channel());
  }

  private static Code refusal(AdvantageServiceBlockingStub stub) {
    try {
      stub.withDeadlineAfter(20, TimeUnit.SECONDS)
          .computeAdvantages(Groups.request(Groups.sound("a")));
      return Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }

  private HttpResponse<String> probe(TestServer server, String page) {
    URI uri = URI.create("http://127.0.0.1:%d/%s".formatted(server.managementPort(), page));
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
