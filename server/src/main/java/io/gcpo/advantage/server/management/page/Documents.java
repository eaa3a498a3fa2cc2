// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The documents of this version, as they were written, and the style of the page. Immutable. */
public final class Documents {
  /** Those that an operator reads. */
  static final ImmutableList<String> NAMES =
      ImmutableList.of("operations", "configuration", "security", "models", "algorithm");

  private static final String FOLDER = "/docs/";
  private static final String ENDING = ".md";

  private final String style = read("style.css").orElseThrow();

  @Inject
  Documents() {}

  /** CSS. */
  public String style() {
    return style;
  }

  /** The document at {@code path}, in Markdown; empty if there is none. */
  public Optional<String> at(String path) {
    return NAMES.stream()
        .filter(name -> path(name).equals(path))
        .findAny()
        .flatMap(name -> read("docs/" + name + ENDING));
  }

  /** Where the document of that name is. */
  static String path(String name) {
    return FOLDER + name + ENDING;
  }

  private static Optional<String> read(String resource) {
    try (InputStream stream = Documents.class.getResourceAsStream(resource)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
