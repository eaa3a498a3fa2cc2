// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A script that stands in for the driver's tool, with two GPUs. */
public final class FakeNvidiaSmi {
  private FakeNvidiaSmi() {}

  /** Prints the table, if it is asked for it as it should be, and does {@code then} after it. */
  public static Path in(Path folder, String then) throws IOException {
    Path script = folder.resolve("nvidia-smi");
    Files.writeString(
        script,
        """
        #!/bin/sh
        case "$*" in
          "--query-gpu=%s --format=csv,noheader,nounits --loop=5") ;;
          *) exit 2 ;;
        esac
        while true; do
          echo "0, NVIDIA H200, 570.86.15, 2048, 143771, 37, 118.52, 41"
          echo "1, NVIDIA H200, 570.86.15, 4, 143771, 0, 75.10, 29"
          %s
        done
        """
            .formatted(GpuSample.QUERY, then));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }
}
