// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * {@code serve} with the embedded model in a process of its own, on a free port of loopback.
 *
 * @param process the JVM
 * @param target host and port, for a client
 * @param log what it has written so far
 */
public record ServerProcess(Process process, String target, Path log) implements AutoCloseable {

  /** Waits until it listens; {@code jvmOptions} for example {@code -Xmx1g}. */
  public static ServerProcess start(Path folder, List<String> jvmOptions) throws Exception {
    return start(folder, jvmOptions, Map.of(), Map.of());
  }

  /** The same on a port of the caller's choice, 0: any free one, with settings of the server. */
  public static ServerProcess start(
      Path folder, List<String> jvmOptions, int port, Map<String, String> settings)
      throws Exception {
    return start(folder, jvmOptions, port, settings, Map.of());
  }

  /** The same with settings of the server and variables of its environment. */
  public static ServerProcess start(
      Path folder,
      List<String> jvmOptions,
      Map<String, String> settings,
      Map<String, String> environment)
      throws Exception {
    return start(folder, jvmOptions, 0, settings, environment);
  }

  private static ServerProcess start(
      Path folder,
      List<String> jvmOptions,
      int port,
      Map<String, String> settings,
      Map<String, String> environment)
      throws Exception {
    Path portsFile = folder.resolve("ports");
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "io.gcpo.advantage.server.AdvantageServer",
            "serve",
            "--port=" + port,
            "--management-port=0",
            "--ports-file=" + portsFile,
            "--property=embedding.model-directory=" + System.getProperty("gcpo.model.directory")));
    settings.forEach((key, value) -> command.add("--property=" + key + "=" + value));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new ServerProcess(process, "127.0.0.1:" + awaitPort(process, portsFile, log), log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String awaitPort(Process process, Path portsFile, Path log)
      throws IOException, InterruptedException {
    while (!Files.exists(portsFile)) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).as(Files.readString(log)).isFalse();
    }
    Properties ports = new Properties();
    ports.load(new StringReader(Files.readString(portsFile)));
    return ports.getProperty("grpc.port");
  }
}
