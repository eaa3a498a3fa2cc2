// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import com.google.common.base.Ticker;
import com.google.inject.AbstractModule;
import io.gcpo.advantage.server.embedding.EmbeddingConfig;
import io.gcpo.advantage.server.grpc.GrpcConfig;
import io.gcpo.advantage.server.grpc.LimitsConfig;
import io.gcpo.advantage.server.management.ManagementConfig;

/** Binds each feature's settings, and the clock. */
final class ConfigurationModule extends AbstractModule {
  private final ServerConfig config;

  ConfigurationModule(ServerConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(GrpcConfig.class).toInstance(config.grpc());
    bind(LimitsConfig.class).toInstance(config.limits());
    bind(EmbeddingConfig.class).toInstance(config.embedding());
    bind(ManagementConfig.class).toInstance(config.management());
    bind(Ticker.class).toInstance(Ticker.systemTicker());
  }
}
