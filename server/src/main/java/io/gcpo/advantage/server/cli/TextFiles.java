// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** UTF-8 files by path, {@code -} being the standard stream. */
final class TextFiles {
  private static final Path STANDARD = Path.of("-");

  private TextFiles() {}

  /** Bytes that are not UTF-8 become U+FFFD, in the line that they stand in. */
  static BufferedReader reader(Path file) throws IOException {
    if (isStandard(file)) {
      return new BufferedReader(new InputStreamReader(System.in, UTF_8));
    }
    try {
      return new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8));
    } catch (NoSuchFileException missing) {
      throw new InputException(file + ": no such file", missing);
    }
  }

  static Writer writer(Path file) throws IOException {
    if (isStandard(file)) {
      return new BufferedWriter(new OutputStreamWriter(System.out, UTF_8));
    }
    try {
      return Files.newBufferedWriter(file, UTF_8);
    } catch (NoSuchFileException missing) {
      throw new InputException(file + ": no such folder", missing);
    }
  }

  static boolean isStandard(Path file) {
    return file.equals(STANDARD);
  }
}
