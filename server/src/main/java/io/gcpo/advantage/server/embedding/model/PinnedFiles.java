// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What files of a model must be, to the last bit. Immutable.
 *
 * @param hashes SHA-256 in lower-case hex, by the file's path inside the model's directory
 */
public record PinnedFiles(SortedMap<String, String> hashes) {
  /** Any files. */
  public static final PinnedFiles NONE = new PinnedFiles(ImmutableSortedMap.of());

  /** What a text for {@link #parse} looks like. */
  static final String EXPECTED = "FILE=SHA256,FILE=SHA256, hashes of 64 hex digits";

  private static final String FILE = "([A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*";

  public PinnedFiles {
    hashes = ImmutableSortedMap.copyOf(hashes);
  }

  /** {@code onnx/model.onnx=9a…,tokenizer.json=be…}; throws IllegalArgumentException. */
  static PinnedFiles parse(String text) {
    Map<String, String> hashes = new TreeMap<>();
    for (String pair : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
      int at = pair.indexOf('=');
      String file = pair.substring(0, Math.max(0, at)).strip();
      String hash = pair.substring(at + 1).strip().toLowerCase(Locale.ROOT);
      if (!file.matches(FILE)
          || !hash.matches("[0-9a-f]{64}")
          || hashes.putIfAbsent(file, hash) != null) {
        throw new IllegalArgumentException(pair);
      }
    }
    return new PinnedFiles(ImmutableSortedMap.copyOf(hashes));
  }

  /** Throws {@link InvalidModelException} unless each of the files is what it must be. */
  void verify(Path directory) {
    hashes.forEach((file, hash) -> verify(directory.resolve(file), hash));
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    return hashes.entrySet().stream()
        .map(pinned -> pinned.getKey() + "=" + pinned.getValue())
        .collect(Collectors.joining(","));
  }

  private static void verify(Path file, String expected) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidModelException(file, "missing (expected: sha256 %s)".formatted(expected));
    }
    String found = hash(file);
    if (!found.equals(expected)) {
      throw new InvalidModelException(file, "sha256 %s (expected: %s)".formatted(found, expected));
    }
  }

  private static String hash(Path file) {
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    } catch (IOException e) {
      throw new InvalidModelException(file, "cannot be read", e);
    }
  }
}
