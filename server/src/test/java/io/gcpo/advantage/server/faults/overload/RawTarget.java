// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.overload;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.gcpo.advantage.server.cli.bench.Slot;
import io.gcpo.advantage.server.cli.bench.Target;
import io.gcpo.advantage.server.grpc.admission.AdmissionInterceptor;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Callers with gRPC's own stubs, which repeat nothing and say how large their calls are, as our
 * clients do: others are let in one after the other. A call that the server turns away, saying so,
 * is refused; one that it took and did not answer in time is late. Thread-safe.
 */
final class RawTarget implements Target {
  private static final Set<String> REFUSALS = Set.of("QUEUE_FULL", "PREDICTED_WAIT");
  private static final int DIGITS = 3;
  private static final long MICRO = 1_000;

  private final List<? extends Channel> channels;
  private final Duration deadline;
  private final Histogram refused = new ConcurrentHistogram(DIGITS);
  private final Histogram late = new ConcurrentHistogram(DIGITS);

  /** Over channels in turn: one holds only so many calls at a time, more wait in the client. */
  RawTarget(List<? extends Channel> channels, Duration deadline) {
    this.channels = List.copyOf(channels);
    this.deadline = deadline;
  }

  /** Microseconds until a refusal came. */
  Histogram refused() {
    return refused;
  }

  /** Microseconds until a call that was taken failed. */
  Histogram late() {
    return late;
  }

  @Override
  public CompletableFuture<ComputeAdvantagesResponse> compute(
      Slot slot, ComputeAdvantagesRequest request) {
    Channel channel = channels.get((int) (slot.step() % channels.size()));
    long begin = System.nanoTime();
    ListenableFuture<ComputeAdvantagesResponse> call =
        AdvantageServiceGrpc.newFutureStub(channel)
            .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(size(request)))
            .computeAdvantages(request);
    CompletableFuture<ComputeAdvantagesResponse> answer = new CompletableFuture<>();
    Futures.addCallback(
        call,
        new FutureCallback<ComputeAdvantagesResponse>() {
          @Override
          public void onSuccess(ComputeAdvantagesResponse response) {
            answer.complete(response);
          }

          @Override
          public void onFailure(Throwable failure) {
            Histogram ends = REFUSALS.contains(reason(failure)) ? refused : late;
            ends.recordValue((System.nanoTime() - begin) / MICRO);
            answer.completeExceptionally(failure);
          }
        },
        MoreExecutors.directExecutor());
    return answer;
  }

  @Override
  public CompletableFuture<SubmitRolloutsResponse> submit(
      Slot slot, SubmitRolloutsRequest request) {
    throw new UnsupportedOperationException("submit: " + slot);
  }

  private static Metadata size(ComputeAdvantagesRequest request) {
    Metadata headers = new Metadata();
    headers.put(AdmissionInterceptor.REQUEST_BYTES, (long) request.getSerializedSize());
    return headers;
  }

  private static String reason(Throwable failure) {
    Status status = StatusProto.fromThrowable(failure);
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          try {
            return detail.unpack(ErrorInfo.class).getReason();
          } catch (InvalidProtocolBufferException unreadable) {
            return "";
          }
        }
      }
    }
    return "";
  }
}
