// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The calls in which a caller names a model. */
enum ModelCall {
  COMPUTE {
    @Override
    CompletableFuture<ModelIdentity> call(TestServer server, String model, String fingerprint) {
      return server
          .client()
          .computeAsync(
              request(sound("a")).toBuilder()
                  .setModel(model)
                  .setExpectedModelFingerprint(fingerprint)
                  .build())
          .thenApply(answer -> answer.getModel());
    }
  },
  STREAM {
    @Override
    CompletableFuture<ModelIdentity> call(TestServer server, String model, String fingerprint) {
      StreamHeader header =
          StreamHeader.newBuilder()
              .setModel(model)
              .setExpectedModelFingerprint(fingerprint)
              .build();
      return stream(server, header, sound("a")).thenApply(StreamAdvantagesResponse::getModel);
    }
  },
  EMBED {
    @Override
    CompletableFuture<ModelIdentity> call(TestServer server, String model, String fingerprint) {
      return server
          .client()
          .embedAsync(
              EmbedTextsRequest.newBuilder()
                  .addTexts("right")
                  .setModel(model)
                  .setExpectedModelFingerprint(fingerprint)
                  .build())
          .thenApply(answer -> answer.getModel());
    }
  },
  SUBMIT {
    @Override
    CompletableFuture<ModelIdentity> call(TestServer server, String model, String fingerprint) {
      return server
          .client()
          .submit(
              SubmitRolloutsRequest.newBuilder()
                  .addTexts("right")
                  .setModel(model)
                  .setExpectedModelFingerprint(fingerprint)
                  .build())
          .thenApply(answer -> answer.getModel());
    }
  };

  /** The model that the answer names; each may be empty. */
  abstract CompletableFuture<ModelIdentity> call(
      TestServer server, String model, String fingerprint);

  /** The last answer of a stream of one group. */
  static CompletableFuture<StreamAdvantagesResponse> stream(
      TestServer server, StreamHeader header, RolloutGroup group) {
    CompletableFuture<StreamAdvantagesResponse> answer = new CompletableFuture<>();
    StreamObserver<StreamAdvantagesRequest> requests =
        AdvantageServiceGrpc.newStub(server.channel())
            .streamAdvantages(
                new StreamObserver<>() {
                  private StreamAdvantagesResponse last =
                      StreamAdvantagesResponse.getDefaultInstance();

                  @Override
                  public void onNext(StreamAdvantagesResponse response) {
                    last = response;
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.complete(last);
                  }
                });
    requests.onNext(StreamAdvantagesRequest.newBuilder().setHeader(header).build());
    requests.onNext(StreamAdvantagesRequest.newBuilder().setGroup(group).build());
    requests.onCompleted();
    return answer;
  }
}
