// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;

/**
 * Settings of the engine, {@code embedding.*}.
 *
 * @param engine {@code engine}: what runs the models
 * @param device {@code device}: where
 * @param threadsPerWorker {@code threads-per-worker}: that compute one batch on a processor;
 *     embeddings were shown to be the same bits in any company with 1
 */
public record EngineConfig(EngineSetting engine, DeviceSetting device, int threadsPerWorker) {
  private static final int MAX_THREADS = 1024;

  public EngineConfig {
    new ConfigProblems()
        .require(
            threadsPerWorker >= 1 && threadsPerWorker <= MAX_THREADS,
            "embedding.threads-per-worker: %d (expected: 1 to 1024)",
            threadsPerWorker)
        .throwIfAny();
  }

  /** The settings of {@code reader}, or the defaults. */
  public static EngineConfig read(ConfigReader reader) {
    return new EngineConfig(
        reader.choice("embedding.engine", EngineSetting.class, EngineSetting.AUTO),
        reader.parsed(
            "embedding.device", DeviceSetting.AUTO, DeviceSetting.EXPECTED, DeviceSetting::parse),
        reader.integer("embedding.threads-per-worker", 1));
  }
}
