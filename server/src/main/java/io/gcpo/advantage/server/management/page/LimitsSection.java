// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import io.gcpo.advantage.server.grpc.ConnectionConfig;
import io.gcpo.advantage.server.grpc.LimitsConfig;
import io.gcpo.advantage.server.grpc.admission.AdmissionBudgets;
import io.gcpo.advantage.server.grpc.admission.AdmissionConfig;
import jakarta.inject.Inject;

/** What a request, a call and a connection must keep to. */
final class LimitsSection {
  private static final String SETTING = "setting";
  private static final String VALUE = "value";

  private final LimitsConfig limits;
  private final AdmissionConfig admission;
  private final AdmissionBudgets budgets;
  private final ConnectionConfig connections;

  @Inject
  LimitsSection(
      LimitsConfig limits,
      AdmissionConfig admission,
      AdmissionBudgets budgets,
      ConnectionConfig connections) {
    this.limits = limits;
    this.admission = admission;
    this.budgets = budgets;
    this.connections = connections;
  }

  Html html() {
    return Section.of(
        "limits", "Limits", ofRequest().html(), ofCalls().html(), ofConnection().html());
  }

  private Table ofRequest() {
    Table table = new Table("Limits of a request", SETTING, VALUE);
    table.row("limits.max-message-bytes", Numbers.bytes(limits.maxMessageBytes()));
    table.row("limits.max-groups-per-request", Numbers.count(limits.maxGroupsPerRequest()));
    table.row("limits.max-rollouts-per-group", Numbers.count(limits.maxRolloutsPerGroup()));
    table.row("limits.max-texts-per-request", Numbers.count(limits.maxTextsPerRequest()));
    table.row("limits.max-text-bytes", Numbers.bytes(limits.maxTextBytes()));
    table.row("limits.max-embedding-dimension", Numbers.count(limits.maxEmbeddingDimension()));
    table.row("limits.max-abs-reward", Numbers.rate(limits.maxAbsReward()));
    return table;
  }

  private Table ofCalls() {
    Table table = new Table("Limits of all calls together", SETTING, VALUE);
    table.row("admission.max-bytes", Numbers.bytes((double) budgets.any().capacity()));
    table.row("admission.max-waiting-calls", Numbers.count(admission.maxWaitingCalls()));
    table.row("admission.body-timeout", Numbers.duration(admission.bodyTimeout()));
    table.row("admission.max-deadline", Numbers.duration(admission.maxDeadline()));
    return table;
  }

  private Table ofConnection() {
    Table table = new Table("Limits of a connection", SETTING, VALUE);
    table.row("grpc.connection.max-calls", Numbers.count(connections.maxCalls()));
    table.row("grpc.connection.max-metadata-bytes", Numbers.bytes(connections.maxMetadataBytes()));
    table.row("grpc.connection.max-resets", Numbers.count(connections.maxResets()));
    table.row(
        "grpc.connection.flow-control-window", Numbers.bytes(connections.flowControlWindow()));
    table.row(
        "grpc.connection.handshake-timeout", Numbers.duration(connections.handshakeTimeout()));
    table.row("grpc.connection.max-idle", Numbers.duration(connections.maxIdle()));
    table.row("grpc.connection.max-age", Numbers.duration(connections.maxAge()));
    table.row("grpc.connection.max-age-grace", Numbers.duration(connections.maxAgeGrace()));
    table.row(
        "grpc.connection.min-client-ping-interval",
        Numbers.duration(connections.minClientPingInterval()));
    return table;
  }
}
