// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import com.google.common.collect.ImmutableList;
import com.google.inject.Module;
import io.gcpo.advantage.server.embedding.EmbeddingModule;
import io.gcpo.advantage.server.grpc.GrpcModule;
import io.gcpo.advantage.server.grpc.InProcessModule;
import io.gcpo.advantage.server.grpc.NettyModule;
import io.gcpo.advantage.server.grpc.admission.AdmissionConfig;
import io.gcpo.advantage.server.management.ManagementModule;
import io.gcpo.advantage.server.metrics.MetricsModule;
import io.gcpo.advantage.server.pipeline.PipelineModule;
import io.gcpo.advantage.server.tracing.TracingModule;
import java.util.List;

/** The modules of the server in the order in which they start; they stop in reverse. */
public final class ServerModules {
  private ServerModules() {}

  /** A server that listens on its ports. */
  public static List<Module> listening(ServerConfig config) {
    return ImmutableList.<Module>builder()
        .add(new ManagementModule(config.management()))
        .addAll(core(config, config.admission()))
        .add(new NettyModule(config.security(), config.connections(), config.quota()))
        .build();
  }

  /** A server without ports, reached by {@code name} inside this process. */
  public static List<Module> inProcess(ServerConfig config, String name) {
    return ImmutableList.<Module>builder()
        .addAll(core(config, AdmissionConfig.IN_PROCESS))
        .add(new InProcessModule(name))
        .build();
  }

  private static List<Module> core(ServerConfig config, AdmissionConfig admission) {
    return ImmutableList.of(
        new EmbeddingModule(config.embedding()),
        new MetricsModule(),
        new TracingModule(config.tracing()),
        new PipelineModule(config.texts()),
        new GrpcModule(config.grpc(), config.limits(), admission));
  }
}
