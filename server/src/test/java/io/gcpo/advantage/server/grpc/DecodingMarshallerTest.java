// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.pipeline.Violation;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecodingMarshallerTest {
  private final DecodingMarshaller<ComputeAdvantagesRequest> marshaller =
      new DecodingMarshaller<>(ComputeAdvantagesRequest.getDefaultInstance());

  @Test
  void soundMessage_isItself() {
    ComputeAdvantagesRequest request = request(sound("a"), sound("b"));

    Decoded<ComputeAdvantagesRequest> decoded = decode(request.toByteArray());

    assertThat(decoded.message()).isEqualTo(request);
    assertThat(decoded.violations()).isEmpty();
  }

  @Test
  void invalidUtf8_isNamedByItsPathAndTheRestSurvives() {
    ComputeAdvantagesRequest request =
        request(sound("a"), group("b", rollout("fine", 1), rollout("broken", 0)), sound("c"));

    Decoded<ComputeAdvantagesRequest> decoded =
        decode(replace(request.toByteArray(), "broken", "brok\u00ffn"));

    assertThat(decoded.violations())
        .containsExactly(
            new Violation("groups[1].rollouts[1].text", "invalid bytes (expected: UTF-8)"));
    assertThat(decoded.message().getGroups(0)).isEqualTo(request.getGroups(0));
    assertThat(decoded.message().getGroups(1).getRollouts(1).getText()).isEqualTo("brok\ufffdn");
    assertThat(decoded.message().getGroups(1).getRollouts(1).hasReward()).isTrue();
    assertThat(decoded.message().getGroups(2)).isEqualTo(request.getGroups(2));
  }

  @Test
  void truncatedMessage_isSaidToBeMalformed() {
    byte[] bytes = request(sound("a")).toByteArray();

    Decoded<ComputeAdvantagesRequest> decoded = decode(Arrays.copyOf(bytes, bytes.length - 3));

    assertThat(decoded.violations())
        .containsExactly(new Violation("", "malformed bytes (expected: a protobuf message)"));
  }

  @Test
  void deeplyNestedGroups_doNotOverflowTheStack() {
    byte[] startGroups = new byte[100_000];
    Arrays.fill(startGroups, (byte) 0x0b);

    assertThat(decode(startGroups).violations()).hasSize(1);
  }

  @Test
  void randomBytes_neverThrow() {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = request(sound("a"), group("b", rollout("text", 0.5))).toByteArray();
      for (int change = 0; change < 3; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }

      assertThat(decode(bytes).message()).as("seed %d", seed).isNotNull();
    }
  }

  private Decoded<ComputeAdvantagesRequest> decode(byte[] bytes) {
    return marshaller.parse(new ByteArrayInputStream(bytes));
  }

  private static byte[] replace(byte[] bytes, String from, String to) {
    return new String(bytes, ISO_8859_1).replace(from, to).getBytes(ISO_8859_1);
  }
}
