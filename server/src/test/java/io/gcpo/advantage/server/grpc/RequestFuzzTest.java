// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.Message;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes come as a request: it becomes a job or is refused with what is wrong, and nothing
 * else is ever thrown.
 */
class RequestFuzzTest {
  private static final int METHODS = 3;

  private static final RequestParser PARSER =
      new RequestParser(LimitsConfig.DEFAULTS, new ConfigParser(new EstimatorRegistry()));

  static Stream<byte[]> seeds() {
    return FuzzSeeds.requests().map(request -> FuzzSeeds.tagged(methodOf(request), request));
  }

  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 10_000)
  void parsesOrRefuses(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
    try {
      switch (Math.floorMod(data[0], METHODS)) {
        case 0 -> {
          Decoded<ComputeAdvantagesRequest> request =
              decoded(ComputeAdvantagesRequest.getDefaultInstance(), bytes);
          assertThat(PARSER.parse(request).entries()).hasSize(request.message().getGroupsCount());
        }
        case 1 -> {
          Decoded<EmbedTextsRequest> request =
              decoded(EmbedTextsRequest.getDefaultInstance(), bytes);
          assertThat(PARSER.parseTexts(request)).hasSize(request.message().getTextsCount());
        }
        default -> {
          Decoded<SubmitRolloutsRequest> request =
              decoded(SubmitRolloutsRequest.getDefaultInstance(), bytes);
          assertThat(PARSER.parseSubmitted(request).texts())
              .hasSize(request.message().getTextsCount());
        }
      }
    } catch (InvalidRequestException refused) {
      assertThat(refused.violations()).isNotEmpty();
    }
  }

  private static int methodOf(Message request) {
    return request instanceof ComputeAdvantagesRequest
        ? 0
        : request instanceof EmbedTextsRequest ? 1 : 2;
  }

  private static <M extends Message> Decoded<M> decoded(M prototype, byte[] bytes) {
    return new DecodingMarshaller<>(prototype).parse(new ByteArrayInputStream(bytes));
  }
}
