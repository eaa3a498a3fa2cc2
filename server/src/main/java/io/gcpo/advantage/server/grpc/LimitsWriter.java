// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.grpc.admission.AdmissionBudgets;
import io.gcpo.advantage.server.grpc.admission.AdmissionConfig;
import io.gcpo.advantage.server.pipeline.text.TextMemory;
import io.gcpo.advantage.v1.ConnectionLimits;
import io.gcpo.advantage.v1.Limits;
import jakarta.inject.Inject;
import java.util.Optional;

/** All that a caller can run into, as GetServerInfo lists it. */
final class LimitsWriter {
  private final LimitsConfig requests;
  private final AdmissionConfig admission;
  private final AdmissionBudgets budgets;
  private final TextMemory texts;
  private final Optional<ConnectionConfig> connections;

  @Inject
  LimitsWriter(
      LimitsConfig requests,
      AdmissionConfig admission,
      AdmissionBudgets budgets,
      TextMemory texts,
      Transport transport) {
    this.requests = requests;
    this.admission = admission;
    this.budgets = budgets;
    this.texts = texts;
    this.connections = transport.connections();
  }

  /** With the limits of the queue of {@code embedder}. */
  Limits write(TextEmbedder embedder) {
    Limits.Builder limits =
        Limits.newBuilder()
            .setMaxMessageBytes(requests.maxMessageBytes())
            .setMaxGroupsPerRequest(requests.maxGroupsPerRequest())
            .setMaxRolloutsPerGroup(requests.maxRolloutsPerGroup())
            .setMaxTextsPerRequest(requests.maxTextsPerRequest())
            .setMaxTextBytes(requests.maxTextBytes())
            .setMaxEmbeddingDimension(requests.maxEmbeddingDimension())
            .setMaxAbsReward(requests.maxAbsReward())
            .setMaxQueuedTokens(embedder.maxQueuedTokens())
            .setKeptTextBytes(texts.maxBytes())
            .setAdmissibleBytes(budgets.any().capacity())
            .setMaxWaitingCalls(admission.maxWaitingCalls())
            .setBodyTimeout(duration(admission.bodyTimeout()))
            .setMaxDeadline(duration(admission.maxDeadline()));
    if (!embedder.maxWait().isZero()) {
      limits.setMaxWait(duration(embedder.maxWait()));
    }
    connections.map(LimitsWriter::write).ifPresent(limits::setConnection);
    return limits.build();
  }

  private static ConnectionLimits write(ConnectionConfig config) {
    return ConnectionLimits.newBuilder()
        .setMaxCalls(config.maxCalls())
        .setMaxMetadataBytes(config.maxMetadataBytes())
        .setMaxResets(config.maxResets())
        .setResetWindow(duration(ConnectionConfig.RESET_WINDOW))
        .setHandshakeTimeout(duration(config.handshakeTimeout()))
        .setMaxIdle(duration(config.maxIdle()))
        .setMaxAge(duration(config.maxAge()))
        .setMaxAgeGrace(duration(config.maxAgeGrace()))
        .setMinPingInterval(duration(config.minClientPingInterval()))
        .setFlowControlWindow(config.flowControlWindow())
        .build();
  }

  private static Duration duration(java.time.Duration time) {
    return Durations.fromNanos(time.toNanos());
  }
}
