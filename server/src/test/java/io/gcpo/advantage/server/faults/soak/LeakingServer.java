// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.multibindings.OptionalBinder;
import io.gcpo.advantage.server.ServerConfig;
import io.gcpo.advantage.server.ServerModules;
import io.gcpo.advantage.server.bootstrap.Bootstrap;
import io.gcpo.advantage.server.bootstrap.RunningServer;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.grpc.GrpcServer;
import io.gcpo.advantage.server.management.ManagementServer;
import io.gcpo.advantage.server.tracing.ForTracing;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The server with a leak: a buffer of each call stays for ever. Takes the arguments with which
 * {@code ServerProcess} starts {@code serve}.
 */
public final class LeakingServer {
  /** System property: how many bytes stay of a call. */
  static final String BYTES = "gcpo.leak.bytes";

  private static final String PORTS_FILE = "--ports-file=";
  private static final String PROPERTY = "--property=";

  private LeakingServer() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("grpc.port", "0");
    settings.put("management.port", "0");
    Path portsFile = Path.of("");
    for (String argument : args) {
      if (argument.startsWith(PORTS_FILE)) {
        portsFile = Path.of(argument.substring(PORTS_FILE.length()));
      } else if (argument.startsWith(PROPERTY)) {
        String[] setting = argument.substring(PROPERTY.length()).split("=", 2);
        settings.put(setting[0], setting[1]);
      }
    }
    ServerConfig config = ServerConfig.read(List.of(ConfigSource.flags(settings)));
    List<Module> modules = new ArrayList<>(ServerModules.listening(config));
    modules.add(new LeakModule());
    writePorts(Bootstrap.start(modules), portsFile);
  }

  private static void writePorts(RunningServer server, Path file) throws IOException {
    Path draft = file.resolveSibling("ports.tmp");
    Files.writeString(
        draft,
        "grpc.port=%d%nmanagement.port=%d%n"
            .formatted(
                server.instance(GrpcServer.class).port(),
                server.instance(ManagementServer.class).address().orElseThrow().getPort()));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static final class LeakModule extends AbstractModule {
    @Override
    protected void configure() {
      OptionalBinder.newOptionalBinder(binder(), Key.get(ServerInterceptor.class, ForTracing.class))
          .setBinding()
          .toInstance(new Leak());
    }
  }

  private static final class Leak implements ServerInterceptor {
    private final int bytes = Integer.getInteger(BYTES);
    private final Queue<byte[]> kept = new ConcurrentLinkedQueue<>();

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      kept.add(new byte[bytes]);
      return next.startCall(call, headers);
    }
  }
}
