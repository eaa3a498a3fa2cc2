// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.embedding.EmbeddingConfig;
import io.gcpo.advantage.server.grpc.ConnectionConfig;
import io.gcpo.advantage.server.grpc.GrpcConfig;
import io.gcpo.advantage.server.grpc.LimitsConfig;
import io.gcpo.advantage.server.grpc.SecurityConfig;
import io.gcpo.advantage.server.grpc.admission.AdmissionConfig;
import io.gcpo.advantage.server.grpc.quota.QuotaConfig;
import io.gcpo.advantage.server.management.ManagementConfig;
import io.gcpo.advantage.server.pipeline.text.TextsConfig;
import io.gcpo.advantage.server.tracing.TracingConfig;
import java.util.List;
import java.util.Optional;

/**
 * All settings of the server, read together so that all problems are reported together.
 *
 * @param effective every key with the value that holds, for the log
 */
public record ServerConfig(
    GrpcConfig grpc,
    SecurityConfig security,
    ConnectionConfig connections,
    LimitsConfig limits,
    AdmissionConfig admission,
    QuotaConfig quota,
    EmbeddingConfig embedding,
    TextsConfig texts,
    ManagementConfig management,
    TracingConfig tracing,
    List<String> effective) {

  public ServerConfig {
    effective = List.copyOf(effective);
  }

  /** From several sources, the last one winning; throws with all problems of all of them. */
  public static ServerConfig read(List<ConfigSource> sources) {
    ConfigReader reader = new ConfigReader(sources);
    Optional<GrpcConfig> grpc = reader.read(GrpcConfig::read);
    Optional<SecurityConfig> security = reader.read(SecurityConfig::read);
    Optional<ConnectionConfig> connections = reader.read(ConnectionConfig::read);
    Optional<LimitsConfig> limits = reader.read(LimitsConfig::read);
    Optional<AdmissionConfig> admission = reader.read(AdmissionConfig::read);
    Optional<QuotaConfig> quota = reader.read(QuotaConfig::read);
    Optional<EmbeddingConfig> embedding = reader.read(EmbeddingConfig::read);
    Optional<TextsConfig> texts = reader.read(TextsConfig::read);
    Optional<ManagementConfig> management = reader.read(ManagementConfig::read);
    Optional<TracingConfig> tracing = reader.read(TracingConfig::read);
    reader.throwIfAny();
    return new ServerConfig(
        grpc.orElseThrow(),
        security.orElseThrow(),
        connections.orElseThrow(),
        limits.orElseThrow(),
        admission.orElseThrow(),
        quota.orElseThrow(),
        embedding.orElseThrow(),
        texts.orElseThrow(),
        management.orElseThrow(),
        tracing.orElseThrow(),
        reader.effective());
  }
}
