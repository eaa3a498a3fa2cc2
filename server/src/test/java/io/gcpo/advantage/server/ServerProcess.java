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
 * @param management host and port of its metrics
 * @param log what it has written so far
 */
public record ServerProcess(Process process, String target, String management, Path log)
    implements AutoCloseable {
  private static final String SERVER = "io.gcpo.advantage.server.AdvantageServer";

  /** Waits until it listens; {@code jvmOptions} for example {@code -Xmx1g}. */
  public static ServerProcess start(Path folder, List<String> jvmOptions) throws Exception {
    return start(folder, jvmOptions, Map.of(), Map.of());
  }

  /** The same on a port of the caller's choice, 0: any free one, with settings of the server. */
  public static ServerProcess start(
      Path folder, List<String> jvmOptions, int port, Map<String, String> settings)
      throws Exception {
    return start(folder, List.of(), jvmOptions, port, SERVER, settings, Map.of());
  }

  /** The same with settings of the server and variables of its environment. */
  public static ServerProcess start(
      Path folder,
      List<String> jvmOptions,
      Map<String, String> settings,
      Map<String, String> environment)
      throws Exception {
    return start(folder, List.of(), jvmOptions, 0, SERVER, settings, environment);
  }

  /**
   * The same of another main class, which takes the same arguments.
   *
   * @param launcher goes before {@code java}, for example {@code taskset -c 0}
   */
  public static ServerProcess start(
      Path folder,
      List<String> launcher,
      List<String> jvmOptions,
      String mainClass,
      Map<String, String> settings,
      Map<String, String> environment)
      throws Exception {
    return start(folder, launcher, jvmOptions, 0, mainClass, settings, environment);
  }

  private static ServerProcess start(
      Path folder,
      List<String> launcher,
      List<String> jvmOptions,
      int port,
      String mainClass,
      Map<String, String> settings,
      Map<String, String> environment)
      throws Exception {
    Path portsFile = folder.resolve("ports");
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            mainClass,
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
    Properties ports = awaitPorts(process, portsFile, log);
    return new ServerProcess(
        process,
        "127.0.0.1:" + ports.getProperty("grpc.port"),
        "127.0.0.1:" + ports.getProperty("management.port"),
        log);
  }

  /** The one of {@link #target}. */
  public int port() {
    return Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static Properties awaitPorts(Process process, Path portsFile, Path log)
      throws IOException, InterruptedException {
    while (!Files.exists(portsFile)) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).as(Files.readString(log)).isFalse();
    }
    Properties ports = new Properties();
    ports.load(new StringReader(Files.readString(portsFile)));
    return ports;
  }
}
