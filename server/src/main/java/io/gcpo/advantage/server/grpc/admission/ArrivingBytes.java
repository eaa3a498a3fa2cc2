// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.function.LongConsumer;

/**
 * Tells of the bytes of a call's messages as they come. gRPC keeps them until a message is whole,
 * and tells an interceptor of nothing before that. Thread-safe.
 */
public final class ArrivingBytes extends ServerStreamTracer {
  private static final Context.Key<ArrivingBytes> OF_CALL = Context.key("arriving-bytes");

  private volatile LongConsumer listener = bytes -> {};

  private ArrivingBytes() {}

  /** For the builder of a server whose calls are to be listened to. */
  public static ServerStreamTracer.Factory tracers() {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new ArrivingBytes();
      }
    };
  }

  /**
   * Tells {@code listener}, on the transport's thread, what comes for the current call; to be
   * called before a message is asked for.
   */
  static void tell(LongConsumer listener) {
    ArrivingBytes bytes = OF_CALL.get();
    if (bytes != null) {
      bytes.listener = listener;
    }
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(OF_CALL, this);
  }

  @Override
  public void inboundWireSize(long bytes) {
    listener.accept(bytes);
  }
}
