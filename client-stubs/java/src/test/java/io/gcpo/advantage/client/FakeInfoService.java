// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.BuildInfo;
import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.gcpo.advantage.v1.Limits;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicInteger;

/** Says that its version is "fake", and what limits it was given. */
final class FakeInfoService extends InfoServiceGrpc.InfoServiceImplBase {
  final AtomicInteger calls = new AtomicInteger();
  volatile GetServerInfoResponse info =
      GetServerInfoResponse.newBuilder()
          .setBuild(BuildInfo.newBuilder().setVersion("fake"))
          .build();

  /** Zero: no limit. */
  void limit(Limits.Builder limits) {
    info = info.toBuilder().setLimits(limits).build();
  }

  @Override
  public void getServerInfo(
      GetServerInfoRequest request, StreamObserver<GetServerInfoResponse> observer) {
    calls.incrementAndGet();
    observer.onNext(info);
    observer.onCompleted();
  }
}
