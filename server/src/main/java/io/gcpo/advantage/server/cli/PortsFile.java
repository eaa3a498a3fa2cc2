// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Tells a parent process which ports a server with {@code --port 0} got: all at once or nothing.
 */
final class PortsFile {
  private PortsFile() {}

  static void write(Path file, int grpcPort, int managementPort) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, "ports", ".tmp");
    Files.writeString(
        draft, "grpc.port=%d%nmanagement.port=%d%n".formatted(grpcPort, managementPort));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
