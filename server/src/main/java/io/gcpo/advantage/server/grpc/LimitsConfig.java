// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;

/**
 * What a request must keep to; GetServerInfo lists it.
 *
 * @param maxMessageBytes of one message, 64 KiB to 64 MiB
 * @param maxGroupsPerRequest 1 to 1,000,000
 * @param maxRolloutsPerGroup 1 to 1,024
 * @param maxTextsPerRequest of EmbedTexts or SubmitRollouts, 1 to 1,000,000
 * @param maxTextBytes of one text as UTF-8, 1 to 8 MiB, half of what a tokenizer takes at most: the
 *     rest is for a prompt
 * @param maxEmbeddingDimension of an embedding that the caller gives, 1 to 65,536
 * @param maxAbsReward magnitude of a reward, in (0, 1e6]
 */
public record LimitsConfig(
    int maxMessageBytes,
    int maxGroupsPerRequest,
    int maxRolloutsPerGroup,
    int maxTextsPerRequest,
    int maxTextBytes,
    int maxEmbeddingDimension,
    double maxAbsReward) {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** What holds where nothing is set. */
  public static final LimitsConfig DEFAULTS =
      new LimitsConfig(16 * MIB, 4_096, 64, 16_384, 512 * KIB, 8_192, 1e6);

  public LimitsConfig {
    new ConfigProblems()
        .require(
            maxMessageBytes >= 64 * KIB && maxMessageBytes <= 64 * MIB,
            "limits.max-message-bytes: %d (expected: 65536 to 67108864)",
            maxMessageBytes)
        .require(
            maxGroupsPerRequest >= 1 && maxGroupsPerRequest <= 1_000_000,
            "limits.max-groups-per-request: %d (expected: 1 to 1000000)",
            maxGroupsPerRequest)
        .require(
            maxRolloutsPerGroup >= 1 && maxRolloutsPerGroup <= 1_024,
            "limits.max-rollouts-per-group: %d (expected: 1 to 1024)",
            maxRolloutsPerGroup)
        .require(
            maxTextsPerRequest >= 1 && maxTextsPerRequest <= 1_000_000,
            "limits.max-texts-per-request: %d (expected: 1 to 1000000)",
            maxTextsPerRequest)
        .require(
            maxTextBytes >= 1 && maxTextBytes <= 8 * MIB,
            "limits.max-text-bytes: %d (expected: 1 to 8388608)",
            maxTextBytes)
        .require(
            maxEmbeddingDimension >= 1 && maxEmbeddingDimension <= 65_536,
            "limits.max-embedding-dimension: %d (expected: 1 to 65536)",
            maxEmbeddingDimension)
        .require(
            maxAbsReward > 0 && maxAbsReward <= 1e6,
            "limits.max-abs-reward: %s (expected: in (0, 1000000])",
            maxAbsReward)
        .throwIfAny();
  }

  /** Keys {@code limits.*}. */
  public static LimitsConfig read(ConfigReader reader) {
    return new LimitsConfig(
        reader.integer("limits.max-message-bytes", DEFAULTS.maxMessageBytes),
        reader.integer("limits.max-groups-per-request", DEFAULTS.maxGroupsPerRequest),
        reader.integer("limits.max-rollouts-per-group", DEFAULTS.maxRolloutsPerGroup),
        reader.integer("limits.max-texts-per-request", DEFAULTS.maxTextsPerRequest),
        reader.integer("limits.max-text-bytes", DEFAULTS.maxTextBytes),
        reader.integer("limits.max-embedding-dimension", DEFAULTS.maxEmbeddingDimension),
        reader.real("limits.max-abs-reward", DEFAULTS.maxAbsReward));
  }
}
