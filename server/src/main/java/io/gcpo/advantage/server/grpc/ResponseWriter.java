// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.pipeline.AdvantageJob;
import io.gcpo.advantage.server.pipeline.AdvantageResult;
import io.gcpo.advantage.server.pipeline.GroupOutcome;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EngineInfo;
import io.gcpo.advantage.v1.ServerTiming;

/** Turns results into answer messages. */
final class ResponseWriter {
  private ResponseWriter() {}

  /** The answer of a unary call: as many results as the job has entries, in its order. */
  static ComputeAdvantagesResponse write(
      String requestId, Origin origin, AdvantageJob job, AdvantageResult result) {
    if (result.outcomes().size() != job.entries().size()) {
      throw new IllegalStateException(
          "%d outcomes (expected: %d)".formatted(result.outcomes().size(), job.entries().size()));
    }
    ComputeAdvantagesResponse.Builder response =
        ComputeAdvantagesResponse.newBuilder()
            .setRequestId(requestId)
            .setModel(write(origin.model()))
            .setOrigin(origin.server())
            .setEffectiveTimeout(duration(origin.timeout()))
            .setTiming(
                ServerTiming.newBuilder()
                    .setEmbeddingDuration(duration(result.embedding()))
                    .setAdvantageDuration(duration(result.advantage()))
                    .setTokens(result.tokens()));
    for (GroupOutcome outcome : result.outcomes()) {
      response.addResults(GroupResultWriter.write(outcome));
    }
    return response.build();
  }

  static io.gcpo.advantage.v1.ModelIdentity write(ModelIdentity model) {
    return io.gcpo.advantage.v1.ModelIdentity.newBuilder()
        .setName(model.name())
        .setFingerprint(model.fingerprint())
        .setDimension(model.dimension())
        .setMaxInputTokens(model.maxInputTokens())
        .build();
  }

  static EngineInfo write(EngineIdentity engine) {
    return EngineInfo.newBuilder()
        .setName(engine.name())
        .setVersion(engine.version())
        .setDevice(engine.device())
        .setReason(engine.reason())
        .setDeterministic(engine.deterministic())
        .build();
  }

  static Duration duration(java.time.Duration duration) {
    return Durations.fromNanos(duration.toNanos());
  }
}
