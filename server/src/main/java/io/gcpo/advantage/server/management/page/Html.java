// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import java.util.Arrays;
import java.util.List;

/**
 * A piece of a page: well formed, with everything escaped that came as text or as the value of an
 * attribute. Names of elements and attributes are constants of the code. Immutable.
 *
 * <p>It is XML as well as HTML, so that tests can parse it strictly.
 */
final class Html {
  static final Html NOTHING = new Html("");

  private static final int REPLACEMENT = 0xFFFD;

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /** What people read. */
  static Html text(String text) {
    return new Html(escape(text));
  }

  /** One after the other. */
  static Html all(List<Html> parts) {
    StringBuilder markup = new StringBuilder();
    parts.forEach(part -> markup.append(part.markup));
    return new Html(markup.toString());
  }

  /** An element that may have attributes. */
  static Tag tag(String name) {
    return new Tag(name, "");
  }

  @Override
  public String toString() {
    return markup;
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              switch (codePoint) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default ->
                    escaped.appendCodePoint(isCharacter(codePoint) ? codePoint : REPLACEMENT);
              }
            });
    return escaped.toString();
  }

  /** Whether XML can say it: control characters and half surrogates it cannot. */
  private static boolean isCharacter(int codePoint) {
    boolean control = Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t';
    boolean surrogate =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    return !control && !surrogate && codePoint != 0xFFFE && codePoint != 0xFFFF;
  }

  /** The begin of an element. Immutable. */
  static final class Tag {
    private final String name;
    private final String attributes;

    private Tag(String name, String attributes) {
      this.name = name;
      this.attributes = attributes;
    }

    Tag with(String attribute, String value) {
      return new Tag(name, attributes + " " + attribute + "=\"" + escape(value) + "\"");
    }

    Html around(Html... content) {
      String inside = all(Arrays.asList(content)).markup;
      return new Html("<" + name + attributes + ">" + inside + "</" + name + ">");
    }

    Html around(String text) {
      return around(text(text));
    }

    /** For elements that never have content, such as {@code meta}. */
    Html alone() {
      return new Html("<" + name + attributes + "/>");
    }
  }
}
