// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a balancer that watches a server's health is told, in order. */
public final class HealthWatch implements StreamObserver<HealthCheckResponse> {
  private final BlockingQueue<ServingStatus> told = new LinkedBlockingQueue<>();

  private HealthWatch() {}

  public static HealthWatch over(Channel channel) {
    HealthWatch watch = new HealthWatch();
    HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), watch);
    return watch;
  }

  /** The next thing told; null if nothing is within ten seconds. */
  public @Nullable ServingStatus next() throws InterruptedException {
    return told.poll(10, TimeUnit.SECONDS);
  }

  @Override
  public void onNext(HealthCheckResponse response) {
    told.add(response.getStatus());
  }

  @Override
  public void onError(Throwable end) {}

  @Override
  public void onCompleted() {}
}
