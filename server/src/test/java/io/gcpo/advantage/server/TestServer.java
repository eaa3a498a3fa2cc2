// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.server.bootstrap.Bootstrap;
import io.gcpo.advantage.server.bootstrap.RunningServer;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.embedding.EmbeddingModule;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.grpc.GrpcModule;
import io.gcpo.advantage.server.grpc.GrpcServer;
import io.gcpo.advantage.server.grpc.NettyModule;
import io.gcpo.advantage.server.management.ManagementModule;
import io.gcpo.advantage.server.management.ManagementServer;
import io.gcpo.advantage.server.metrics.MetricsModule;
import io.gcpo.advantage.server.pipeline.PipelineModule;
import io.gcpo.advantage.server.tracing.TracingModule;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The real server on free loopback ports, with the real embedder or another, and a client. */
public final class TestServer implements AutoCloseable {
  private final RunningServer server;
  private final AdvantageClient client;
  private final ManagedChannel channel;

  private TestServer(RunningServer server) {
    this.server = server;
    this.client = AdvantageClient.connect("127.0.0.1:" + port());
    this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port()).usePlaintext().build();
  }

  /** With the embedded model, which embeds every text anew. */
  public static TestServer real() {
    return real(Map.of("embedding.cache-bytes", "0"));
  }

  /** With the embedded model. */
  public static TestServer real(Map<String, String> settings) {
    return start(settings, config -> new EmbeddingModule(config.embedding()));
  }

  /** With an embedder of the test's own. */
  public static TestServer with(TextEmbedder embedder, Map<String, String> settings) {
    return start(
        settings,
        config ->
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(Embedders.class).toInstance(new Embedders(List.of(embedder)));
              }
            });
  }

  /** With another embedding module than the real one, and more modules that may override it all. */
  public static TestServer with(Module embedding, Module overriding, Map<String, String> settings) {
    return start(settings, config -> embedding, overriding);
  }

  private static TestServer start(
      Map<String, String> settings, Function<ServerConfig, Module> embedding) {
    return start(settings, embedding, Modules.EMPTY_MODULE);
  }

  private static TestServer start(
      Map<String, String> settings, Function<ServerConfig, Module> embedding, Module overriding) {
    Map<String, String> flags = new HashMap<>(settings);
    flags.putIfAbsent("grpc.port", "0");
    flags.putIfAbsent("embedding.token-budget", "512");
    flags.putIfAbsent("management.port", "0");
    if (!flags.containsKey("embedding.models")) {
      flags.putIfAbsent("embedding.model-directory", System.getProperty("gcpo.model.directory"));
    }
    ServerConfig config = ServerConfig.read(List.of(ConfigSource.flags(flags)));
    return new TestServer(
        Bootstrap.start(
            List.of(
                Modules.override(
                        new ManagementModule(config.management()),
                        embedding.apply(config),
                        new MetricsModule(),
                        new TracingModule(config.tracing()),
                        new PipelineModule(config.texts()),
                        new GrpcModule(config.grpc(), config.limits(), config.admission()),
                        new NettyModule(config.security(), config.connections(), config.quota()))
                    .with(overriding))));
  }

  public int port() {
    return server.instance(GrpcServer.class).port();
  }

  public int managementPort() {
    return server.instance(ManagementServer.class).address().orElseThrow().getPort();
  }

  public AdvantageClient client() {
    return client;
  }

  /** For calls that the client does not make. */
  public ManagedChannel channel() {
    return channel;
  }

  public <T> T instance(Class<T> type) {
    return server.instance(type);
  }

  /** As SIGTERM does; the client stays open. */
  public void stop() {
    server.close();
  }

  @Override
  public void close() {
    client.close();
    channel.shutdownNow();
    server.close();
  }
}
