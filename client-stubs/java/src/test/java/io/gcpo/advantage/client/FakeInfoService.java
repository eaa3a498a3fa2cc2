// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.BuildInfo;
import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.grpc.stub.StreamObserver;

/** Says that its version is "fake". */
final class FakeInfoService extends InfoServiceGrpc.InfoServiceImplBase {
  @Override
  public void getServerInfo(
      GetServerInfoRequest request, StreamObserver<GetServerInfoResponse> observer) {
    observer.onNext(
        GetServerInfoResponse.newBuilder()
            .setBuild(BuildInfo.newBuilder().setVersion("fake"))
            .build());
    observer.onCompleted();
  }
}
