// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedCommandTest {
  private static final int DIMENSION = 384;

  @TempDir private Path folder;

  @Test
  void npy_isReadableByNumPyAndHoldsUnitRows() throws IOException {
    CommandRun run = embed(write("texts.txt", "one text", "", "two texts"), "out.npy");

    assertThat(run.exitCode()).as(run.err()).isZero();
    byte[] file = Files.readAllBytes(folder.resolve("out.npy"));
    String header = new String(file, 0, 128, ISO_8859_1);
    assertThat(header)
        .startsWith("\u0093NUMPY\u0001\u0000")
        .contains("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 384), }")
        .endsWith("\n");
    assertThat(file).hasSize(128 + 3 * DIMENSION * Float.BYTES);
    ByteBuffer values =
        ByteBuffer.wrap(file, 128, file.length - 128).slice().order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < 3; row++) {
      double norm = 0;
      for (int k = 0; k < DIMENSION; k++) {
        double value = values.getFloat();
        norm += value * value;
      }
      assertThat(norm).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void jsonLines_mayHoldLineBreaksAndTellTheTokens() throws IOException {
    CommandRun run = embed(write("texts.jsonl", "\"two\\nlines\""), "out.jsonl");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject line =
        JsonParser.parseString(Files.readString(folder.resolve("out.jsonl"))).getAsJsonObject();
    assertThat(line.get("tokens").getAsInt()).isEqualTo(4);
    assertThat(line.getAsJsonArray("embedding")).hasSize(DIMENSION);
  }

  @Test
  void longText_isCutOnlyWhereAsked() throws IOException {
    Path texts = write("texts.txt", "word ".repeat(400));

    embed(texts, "whole.jsonl");
    embed(texts, "head.jsonl", "--truncation-policy=keep_head");
    CommandRun refused = embed(texts, "none.jsonl", "--truncation-policy=error");

    assertThat(line("whole.jsonl").get("tokens").getAsInt()).isEqualTo(402);
    assertThat(line("whole.jsonl").get("truncated_tokens").getAsInt()).isZero();
    assertThat(line("head.jsonl").get("truncated_tokens").getAsInt()).isEqualTo(402 - 256);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("INVALID_ARGUMENT: texts[0]: 402 tokens (expected: <= 256)");
  }

  @Test
  void model_isTheOneAskedFor() throws IOException {
    Path texts = write("texts.txt", "word ".repeat(200));
    String cut = "--truncation-policy=keep_head";

    CommandRun first = embedByModels(texts, "a.jsonl", cut);
    CommandRun second = embedByModels(texts, "b.jsonl", cut, "--model=b");
    CommandRun none = embedByModels(texts, "c.jsonl", "--model=c");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(line("a.jsonl").get("truncated_tokens").getAsInt()).isZero();
    assertThat(line("b.jsonl").get("truncated_tokens").getAsInt()).isEqualTo(202 - 128);
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("--model: c (expected: a or b)");
  }

  @Test
  void unknownKindOfFile_isRefused() throws IOException {
    CommandRun run = embed(write("texts.txt", "x"), "out.csv");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("out.csv: unknown kind (expected: .npy or .jsonl)");
  }

  private JsonObject line(String name) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(name))).getAsJsonObject();
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private CommandRun embed(Path in, String out, String... more) {
    return CommandRun.withModel(arguments(in, out, more));
  }

  private CommandRun embedByModels(Path in, String out, String... more) {
    return CommandRun.withModels(arguments(in, out, more));
  }

  private String[] arguments(Path in, String out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("embed", "--in=" + in, "--out=" + folder.resolve(out)));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}
