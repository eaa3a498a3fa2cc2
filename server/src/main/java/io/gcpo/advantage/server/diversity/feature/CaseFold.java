// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

/** Text without the difference between upper and lower case. */
public final class CaseFold {
  /*
   * Not String.toLowerCase: it looks for the end of the word behind each capital sigma, which takes
   * 16 s for 16,000 of them. And not the lower case alone: the two small sigmas share a capital.
   */
  private CaseFold() {}

  /**
   * Each code point's lower case of its upper case (the simple mappings of Unicode, of no
   * language), as {@link String#equalsIgnoreCase} compares. Linear in the length.
   */
  public static String of(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    int position = 0;
    while (position < text.length()) {
      int codePoint = text.codePointAt(position);
      folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(codePoint)));
      position += Character.charCount(codePoint);
    }
    return folded.toString();
  }
}
