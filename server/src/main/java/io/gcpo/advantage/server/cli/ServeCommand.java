// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.server.ServerConfig;
import io.gcpo.advantage.server.ServerModules;
import io.gcpo.advantage.server.bootstrap.Bootstrap;
import io.gcpo.advantage.server.bootstrap.RunningServer;
import io.gcpo.advantage.server.bootstrap.StopSignal;
import io.gcpo.advantage.server.grpc.GrpcServer;
import io.gcpo.advantage.server.management.ManagementServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: the server, until SIGTERM or SIGINT. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serve until SIGTERM; calls in flight then finish first.")
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--host", paramLabel = "ADDRESS", description = "As grpc.host.")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "N", description = "As grpc.port; 0: any free one.")
  private @Nullable String port;

  @Option(
      names = "--management-port",
      paramLabel = "N",
      description = "As management.port; 0: any free one, -1: none.")
  private @Nullable String managementPort;

  @Option(
      names = "--ports-file",
      paramLabel = "FILE",
      description = "Write grpc.port=N and management.port=N there once ready.")
  private @Nullable Path portsFile;

  ServeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServerConfig settings = config.read(flags());
    settings.effective().forEach(setting -> LOG.info("config: {}", setting));
    RunningServer server = Bootstrap.start(ServerModules.listening(settings));
    StopSignal signal = StopSignal.install(server);
    if (portsFile != null) {
      PortsFile.write(
          portsFile,
          server.instance(GrpcServer.class).port(),
          server
              .instance(ManagementServer.class)
              .address()
              .map(InetSocketAddress::getPort)
              .orElse(-1));
    }
    signal.await();
    return 0;
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    putIfGiven(flags, "grpc.host", host);
    putIfGiven(flags, "grpc.port", port);
    putIfGiven(flags, "management.port", managementPort);
    return flags;
  }

  private static void putIfGiven(Map<String, String> flags, String key, @Nullable String value) {
    if (value != null) {
      flags.put(key, value);
    }
  }
}
