// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

/**
 * Text without what cannot be seen and without another look of the same characters, so that neither
 * makes two texts different.
 */
public final class PlainText {
  /*
   * Not NFKC of the whole text: it makes 12 of 1 and a superscript 2, and 11/2 of 1 and a half. Not
   * homoglyphs of other scripts (a Cyrillic a) nor entities of HTML: they need tables.
   */
  private static final int FULLWIDTH_OFFSET = '\uff01' - '!';

  /** Mathematical alphabets one behind the other, each of A to Z and a to z. */
  private static final int FIRST_MATHEMATICAL = 0x1D400;

  private static final int LAST_MATHEMATICAL = 0x1D6A3;

  private PlainText() {}

  /**
   * The text with decimal digits of any script, fullwidth ASCII, mathematical Latin letters and all
   * spaces as ASCII or plain letters, and without control characters, format characters (zero
   * width, direction, soft hyphen) and other code points that show nothing. Line breaks and tabs
   * stay. Linear in the length.
   */
  public static String of(String text) {
    int position = 0;
    while (position < text.length() && isPlain(text.charAt(position))) {
      position++;
    }
    if (position == text.length()) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length()).append(text, 0, position);
    while (position < text.length()) {
      int codePoint = text.codePointAt(position);
      append(codePoint, plain);
      position += Character.charCount(codePoint);
    }
    return plain.toString();
  }

  private static boolean isPlain(char c) {
    return c < 0x7F && (c >= ' ' || Character.isWhitespace(c));
  }

  private static void append(int codePoint, StringBuilder plain) {
    int digit = Character.isDigit(codePoint) ? Character.digit(codePoint, 10) : -1;
    if (isInvisible(codePoint)) {
      return;
    }
    if (digit >= 0) {
      plain.append((char) ('0' + digit));
    } else if (Character.getType(codePoint) == Character.SPACE_SEPARATOR) {
      plain.append(' ');
    } else if (codePoint >= '\uff01' && codePoint <= '\uff5e') {
      plain.append((char) (codePoint - FULLWIDTH_OFFSET));
    } else if (codePoint >= FIRST_MATHEMATICAL && codePoint <= LAST_MATHEMATICAL) {
      int letter = (codePoint - FIRST_MATHEMATICAL) % 52;
      plain.append((char) (letter < 26 ? 'A' + letter : 'a' + letter - 26));
    } else {
      plain.appendCodePoint(codePoint);
    }
  }

  private static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT -> true;
      case Character.CONTROL -> codePoint != '\u0085' && !Character.isWhitespace(codePoint);
      case Character.NON_SPACING_MARK ->
          codePoint == 0x034F
              || (codePoint >= 0x180B && codePoint <= 0x180D)
              || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
              || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
      // The fillers of Hangul are letters.
      case Character.OTHER_LETTER ->
          codePoint == 0x115F || codePoint == 0x1160 || codePoint == 0x3164 || codePoint == 0xFFA0;
      default -> false;
    };
  }
}
