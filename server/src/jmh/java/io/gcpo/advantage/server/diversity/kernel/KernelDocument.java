// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The document about kernels, kernels.md in a directory, and its plot beside it. */
record KernelDocument(Path directory) {
  private static final String BEGIN = "<!-- begin: written by KernelQuality -->\n";
  private static final String END = "<!-- end: written by KernelQuality -->\n";

  /** Puts new tables in the place of the old ones, between two comments. */
  void writeTables(String tables) throws IOException {
    Path file = directory.resolve("kernels.md");
    Files.writeString(file, withTables(Files.readString(file), tables));
  }

  /** Writes kernels.svg. */
  void writePlot(String svg) throws IOException {
    Files.writeString(directory.resolve("kernels.svg"), svg);
  }

  static String withTables(String document, String tables) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(
          "kernels.md: no place for the tables (expected: "
              + BEGIN.strip()
              + " and the end of it)");
    }
    return document.substring(0, begin + BEGIN.length())
        + "\n"
        + tables
        + "\n"
        + document.substring(end);
  }
}
