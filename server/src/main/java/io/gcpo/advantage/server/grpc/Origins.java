// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.bootstrap.BuildInfo;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.v1.AnswerOrigin;
import jakarta.inject.Inject;

/** Says of answers where they come from. Immutable. */
final class Origins {
  private final BuildInfo build;

  @Inject
  Origins(BuildInfo build) {
    this.build = build;
  }

  /** Of a call whose work begins now. */
  Origin of(TextEmbedder embedder, CancellationSignal signal) {
    return new Origin(embedder.model(), server(embedder.engine()), signal.remaining());
  }

  private AnswerOrigin server(EngineIdentity engine) {
    return AnswerOrigin.newBuilder()
        .setServerVersion(build.version())
        .setServerCommit(build.commit())
        .setEngine(engine.name())
        .setEngineVersion(engine.version())
        .setDevice(engine.device())
        .setDeterministic(engine.deterministic())
        .build();
  }
}
