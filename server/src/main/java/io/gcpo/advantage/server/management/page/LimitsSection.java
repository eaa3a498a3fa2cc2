// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import io.gcpo.advantage.server.grpc.LimitsConfig;
import jakarta.inject.Inject;

/** What a request must keep to. */
final class LimitsSection {
  private final LimitsConfig limits;

  @Inject
  LimitsSection(LimitsConfig limits) {
    this.limits = limits;
  }

  Html html() {
    Table table = new Table("Limits of a request", "setting", "value");
    table.row("limits.max-message-bytes", Numbers.bytes(limits.maxMessageBytes()));
    table.row("limits.max-groups-per-request", Numbers.count(limits.maxGroupsPerRequest()));
    table.row("limits.max-rollouts-per-group", Numbers.count(limits.maxRolloutsPerGroup()));
    table.row("limits.max-texts-per-request", Numbers.count(limits.maxTextsPerRequest()));
    table.row("limits.max-text-bytes", Numbers.bytes(limits.maxTextBytes()));
    table.row("limits.max-embedding-dimension", Numbers.count(limits.maxEmbeddingDimension()));
    table.row("limits.max-abs-reward", Numbers.rate(limits.maxAbsReward()));
    return Section.of("limits", "Limits", table.html());
  }
}
