// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.server.testing.Groups;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamHeader;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.util.stream.Stream;

/** Real requests, from which fuzzing sets out. */
final class FuzzSeeds {
  private FuzzSeeds() {}

  /** Requests of each unary method. */
  static Stream<Message> requests() {
    return Stream.of(
        Groups.request(Groups.sound("a"), Groups.sound("b")),
        ComputeAdvantagesRequest.newBuilder()
            .setRequestId("step-1.rank-0")
            .setConfig(
                AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_REINFORCE_PLUS_PLUS))
            .setOutput(OutputOptions.getDefaultInstance())
            .addGroups(Examples.all().get(0))
            .build(),
        Groups.request(
            Groups.group("e", Groups.embedded(1, 0.6f, 0.8f), Groups.embedded(0, 1f, 0f))),
        EmbedTextsRequest.newBuilder().setRequestId("r").addTexts("one").addTexts("two").build(),
        SubmitRolloutsRequest.newBuilder()
            .setConfig(AdvantageConfig.getDefaultInstance())
            .addTexts("three")
            .build());
  }

  /** Whole streams: a header, then groups. */
  static Stream<Stream<StreamAdvantagesRequest>> streams() {
    return Stream.of(
        Stream.of(header("s"), part(Groups.sound("a")), part(Groups.sound("b"))),
        Stream.of(header(""), part(Groups.group("long", Groups.rollout("x".repeat(600), 1)))),
        Stream.of(
            header("e"),
            part(Groups.group("e", Groups.embedded(1, 0.6f, 0.8f), Groups.embedded(0, 1f, 0f)))));
  }

  /** Its bytes behind one that says which it is. */
  static byte[] tagged(int tag, Message message) {
    return ByteString.copyFrom(new byte[] {(byte) tag})
        .concat(message.toByteString())
        .toByteArray();
  }

  private static StreamAdvantagesRequest header(String requestId) {
    return StreamAdvantagesRequest.newBuilder()
        .setHeader(StreamHeader.newBuilder().setRequestId(requestId))
        .build();
  }

  private static StreamAdvantagesRequest part(RolloutGroup group) {
    return StreamAdvantagesRequest.newBuilder().setGroup(group).build();
  }
}
