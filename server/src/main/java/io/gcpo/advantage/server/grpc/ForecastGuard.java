// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.pipeline.AdvantagePipeline;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.inject.Inject;

/**
 * Refuses a call at its headers while so much maths waits that the smallest of the last calls would
 * be late, so that its body is never read. What it needs of the model nobody knows before its texts
 * have been looked up; and a stream's groups are judged one by one. Thread-safe.
 */
final class ForecastGuard implements ServerInterceptor {
  private static final String COMPUTE =
      AdvantageServiceGrpc.getComputeAdvantagesMethod().getFullMethodName();

  private final AdvantagePipeline pipeline;

  @Inject
  ForecastGuard(AdvantagePipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getFullMethodName().equals(COMPUTE)) {
      try {
        pipeline.checkNext(new ContextSignal(Context.current()).remaining());
      } catch (PredictedWaitException late) {
        ErrorStatusMapper.close(call, late);
        return new ServerCall.Listener<>() {};
      }
    }
    return next.startCall(call, headers);
  }
}
