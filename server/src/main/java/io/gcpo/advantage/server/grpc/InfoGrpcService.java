// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.util.Timestamps;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.advantage.gold.GoldParameters;
import io.gcpo.advantage.server.advantage.importance.ImportanceParameters;
import io.gcpo.advantage.server.bootstrap.BuildInfo;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.gcpo.advantage.v1.ModelInfo;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;

/** InfoService: what this server is, made once at start. Immutable. */
final class InfoGrpcService implements BindableService {
  private final GetServerInfoResponse info;

  @Inject
  InfoGrpcService(
      BuildInfo build,
      Embedders embedders,
      LimitsWriter limits,
      ConfigParser configs,
      EstimatorRegistry estimators) {
    TextEmbedder embedder = embedders.first();
    GetServerInfoResponse.Builder response =
        GetServerInfoResponse.newBuilder()
            .setBuild(build(build))
            .setModel(ResponseWriter.write(embedder.model()))
            .setEngine(ResponseWriter.write(embedder.engine()))
            .setLimits(limits.write(embedder))
            .setDefaultConfig(ConfigWriter.write(configs.defaults()));
    embedders.all().stream().map(InfoGrpcService::model).forEach(response::addModels);
    estimators.all().stream().map(ParameterInfoWriter::write).forEach(response::addEstimators);
    response
        .addAllKernelParameters(ParameterInfoWriter.writeKernel())
        .addAllGoldParameters(ParameterInfoWriter.write(GoldParameters.all()))
        .addAllImportanceParameters(ParameterInfoWriter.write(ImportanceParameters.all()));
    this.info = response.build();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return new DecodedService(InfoServiceGrpc.getServiceDescriptor())
        .unary(
            InfoServiceGrpc.getGetServerInfoMethod(),
            GetServerInfoRequest.getDefaultInstance(),
            this::getServerInfo)
        .build();
  }

  private void getServerInfo(
      Decoded<GetServerInfoRequest> request, StreamObserver<GetServerInfoResponse> reply) {
    Reply.send(
        request.violations().isEmpty()
            ? CompletableFuture.completedFuture(info)
            : CompletableFuture.failedFuture(
                new InvalidRequestException("INVALID_FIELD", request.violations())),
        reply);
  }

  private static io.gcpo.advantage.v1.BuildInfo build(BuildInfo build) {
    io.gcpo.advantage.v1.BuildInfo.Builder message =
        io.gcpo.advantage.v1.BuildInfo.newBuilder()
            .setVersion(build.version())
            .setCommit(build.commit())
            .setJavaVersion(build.javaVersion());
    build
        .commitTime()
        .ifPresent(time -> message.setCommitTime(Timestamps.fromMillis(time.toEpochMilli())));
    return message.build();
  }

  private static ModelInfo model(TextEmbedder embedder) {
    return ModelInfo.newBuilder()
        .setModel(ResponseWriter.write(embedder.model()))
        .setEngine(ResponseWriter.write(embedder.engine()))
        .build();
  }
}
