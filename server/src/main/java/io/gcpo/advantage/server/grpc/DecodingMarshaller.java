// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteStreams;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.gcpo.advantage.server.pipeline.Violation;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads request messages without ever failing a call itself: gRPC turns a marshaller's exception
 * into UNKNOWN and a stack trace a request, while a {@link Decoded} lets the service answer
 * INVALID_ARGUMENT with field paths, and answer the sound groups of a request all the same.
 */
final class DecodingMarshaller<M extends Message> implements Marshaller<Decoded<M>> {
  private final M prototype;

  DecodingMarshaller(M prototype) {
    this.prototype = prototype;
  }

  @Override
  public InputStream stream(Decoded<M> decoded) {
    return decoded.message().toByteString().newInput();
  }

  @Override
  public Decoded<M> parse(InputStream stream) {
    byte[] bytes;
    try {
      bytes = ByteStreams.toByteArray(stream);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
    @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
    Parser<M> parser = (Parser<M>) prototype.getParserForType();
    try {
      return new Decoded<>(parser.parseFrom(bytes), ImmutableList.of(), bytes.length);
    } catch (InvalidProtocolBufferException unsound) {
      return repaired(parser, bytes);
    }
  }

  private Decoded<M> repaired(Parser<M> parser, byte[] bytes) {
    try {
      Utf8Repair repair = Utf8Repair.of(prototype.getDescriptorForType(), bytes);
      return new Decoded<>(parser.parseFrom(repair.bytes()), repair.violations(), bytes.length);
    } catch (IOException malformed) {
      @SuppressWarnings("unchecked") // a message's default instance is of its own type
      M empty = (M) prototype.getDefaultInstanceForType();
      return new Decoded<>(
          empty,
          List.of(new Violation("", "malformed bytes (expected: a protobuf message)")),
          bytes.length);
    }
  }
}
