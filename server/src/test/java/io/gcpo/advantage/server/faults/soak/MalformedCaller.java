// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.SplittableRandom;

/** Sends what is no request, or one that asks for what there is not. */
final class MalformedCaller {
  private static final MethodDescriptor<byte[], byte[]> RAW =
      AdvantageServiceGrpc.getComputeAdvantagesMethod().toBuilder(new Bytes(), new Bytes()).build();
  private static final ComputeAdvantagesRequest BAD_OPTION =
      ComputeAdvantagesRequest.newBuilder()
          .setConfig(AdvantageConfig.newBuilder().setAlpha(-1))
          .build();
  private static final int LONGEST = 4_096;

  private final Channel channel;
  private final Tally tally;

  MalformedCaller(Channel channel, Tally tally) {
    this.channel = channel;
    this.tally = tally;
  }

  void call(SplittableRandom random) {
    byte[] message;
    if (random.nextBoolean()) {
      message = BAD_OPTION.toByteArray();
    } else {
      message = new byte[1 + random.nextInt(LONGEST)];
      random.nextBytes(message);
      // No field has the number 0, so whatever follows is no message.
      message[0] = 0;
    }
    try {
      byte[] answer =
          ClientCalls.blockingUnaryCall(
              channel, RAW, CallOptions.DEFAULT.withDeadlineAfter(30, SECONDS), message);
      tally.broken(
          Scenario.MALFORMED,
          new IOException("answer of %d bytes (expected: none)".formatted(answer.length)));
    } catch (StatusRuntimeException end) {
      tally.ended(Scenario.MALFORMED, end, Set.of(Status.Code.INVALID_ARGUMENT));
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
