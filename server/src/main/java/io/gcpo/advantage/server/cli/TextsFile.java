// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import com.google.common.collect.ImmutableList;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of texts: a line each, or, as .jsonl, a JSON string a line, which may hold line breaks.
 */
final class TextsFile {
  private static final Gson JSON = new Gson();

  private TextsFile() {}

  static List<String> read(Path file) throws IOException {
    boolean json = file.toString().endsWith(".jsonl");
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    try (BufferedReader reader = TextFiles.reader(file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        texts.add(json ? parsed(line, file, number) : line);
      }
    }
    return texts.build();
  }

  private static String parsed(String line, Path file, int number) {
    try {
      String text = JSON.fromJson(line, String.class);
      if (text != null) {
        return text;
      }
    } catch (JsonParseException broken) {
      throw new InputException("%s line %d: not a JSON string".formatted(file, number), broken);
    }
    throw new InputException("%s line %d: null (expected: a JSON string)".formatted(file, number));
  }
}
