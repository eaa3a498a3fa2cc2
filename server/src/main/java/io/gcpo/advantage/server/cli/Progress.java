// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A bar on the terminal while a file is worked through; nothing where nobody looks. */
final class Progress implements AutoCloseable {
  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** Counts the lines of {@code file}, unless it is the standard stream. */
  static Progress over(Path file, String task) throws IOException {
    if (!CommandLine.Help.Ansi.AUTO.enabled()) {
      return new Progress(null);
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setStyle(ProgressBarStyle.ASCII)
            .setInitialMax(TextFiles.isStandard(file) ? -1 : lines(file))
            .setUnit(" lines", 1)
            .build());
  }

  void advance(long lines) {
    if (bar != null) {
      bar.stepBy(lines);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private static long lines(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      long lines = 0;
      byte[] buffer = new byte[1 << 16];
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
      return lines;
    }
  }
}
