// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InputDigestTest {
  private static final ByteString EMBEDDING =
      ByteString.copyFrom(new byte[] {0, 0, (byte) 0x80, 63});

  /**
   * The expected value is Python's: {@code sha256(b"".join([sha256("é".encode()).digest() +
   * pack("<d", 1.0), sha256(pack("<f", 1.0)).digest() + pack("<d", -0.5), sha256(b"b").digest() +
   * b"\xff" * 8, bytes(32) + pack("<d", 0.0)])).hexdigest()}.
   */
  @Test
  void of_everyKindOfContent_isAsDefined() {
    RolloutGroup group =
        RolloutGroup.newBuilder()
            .addRollouts(Rollout.newBuilder().setText("é").setReward(1))
            .addRollouts(Rollout.newBuilder().setEmbeddingF32Le(EMBEDDING).setReward(-0.5))
            .addRollouts(
                Rollout.newBuilder().setContentSha256(Sha256.of(ByteString.copyFromUtf8("b"))))
            .addRollouts(Rollout.newBuilder().setReward(0))
            .build();

    assertThat(HexFormat.of().formatHex(InputDigest.of(group).toByteArray()))
        .isEqualTo("b2fd0eba5b777766e92c4f2e022272edb2fc0bb7f3f30568570aa6235e29a553");
  }

  @Test
  void of_hashInPlaceOfText_isTheSame() {
    RolloutGroup texts = Answers.group("a", "first", "second");
    RolloutGroup hashes =
        Prefetched.withHashes(Answers.request().toBuilder().clearGroups().addGroups(texts).build())
            .getGroups(0);

    assertThat(hashes.getRollouts(0).hasContentSha256()).isTrue();
    assertThat(InputDigest.of(hashes)).isEqualTo(InputDigest.of(texts));
  }

  @Test
  void of_otherOrderTextOrReward_differs() {
    RolloutGroup group = Answers.group("a", "first", "second");
    RolloutGroup.Builder swapped = group.toBuilder();
    swapped.setRollouts(0, group.getRollouts(1)).setRollouts(1, group.getRollouts(0));
    RolloutGroup.Builder otherText = group.toBuilder();
    otherText.getRolloutsBuilder(1).setText("Second");
    RolloutGroup.Builder otherReward = group.toBuilder();
    otherReward.getRolloutsBuilder(1).setReward(0);
    RolloutGroup.Builder noReward = group.toBuilder();
    noReward.getRolloutsBuilder(1).clearReward();

    assertThat(
            Stream.of(
                    group,
                    swapped.build(),
                    otherText.build(),
                    otherReward.build(),
                    noReward.build())
                .map(InputDigest::of))
        .doesNotHaveDuplicates();
  }
}
