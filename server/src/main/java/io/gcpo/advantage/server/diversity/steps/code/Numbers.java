// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.feature.FeatureHash;
import java.util.Locale;

/**
 * Number literals: where they end and what they are worth. 1_000, 1000L and 0x3e8 are equal, 1e3
 * and 1000.0 are, and an integer is never equal to a floating point number, because they differ in
 * meaning (1 / 2 and 1.0 / 2).
 */
final class Numbers {
  /** So many digits of any base fit a long. */
  private static final int LONG_DIGITS = 15;

  private Numbers() {}

  /** Whether a number starts at a position. */
  static boolean startsAt(String text, int start) {
    char first = text.charAt(start);
    return isDigit(first) || (first == '.' && isDigitAt(text, start + 1));
  }

  /** The end of the number that starts at a position. */
  static int end(String text, int start) {
    int end = wordEnd(text, start);
    if (isBased(text, start)) {
      return end;
    }
    if (end < text.length() && text.charAt(end) == '.' && isFraction(text, end + 1)) {
      end = wordEnd(text, end + 1);
    }
    boolean exponent = (text.charAt(end - 1) | 0x20) == 'e' && end < text.length();
    if (exponent && isSign(text.charAt(end)) && isDigitAt(text, end + 1)) {
      end = wordEnd(text, end + 1);
    }
    return end;
  }

  /** A hash of the value of the number in a range. */
  static long value(String text, int start, int end) {
    StringBuilder digits = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '_') {
        digits.append(text.charAt(i));
      }
    }
    String number = digits.toString().toLowerCase(Locale.ROOT);
    if (isBased(text, start)) {
      return based(number);
    }
    int length = plainLength(number);
    String plain = number.substring(0, length);
    String suffix = number.substring(length);
    boolean integer = plain.indexOf('.') < 0 && plain.indexOf('e') < 0;
    if (integer && !suffix.startsWith("f") && !suffix.startsWith("j")) {
      return FeatureHash.of(withoutZeros(plain));
    }
    long imaginary = suffix.startsWith("j") ? 1 : 0;
    return FeatureHash.append(2 + imaginary, Double.doubleToLongBits(Double.parseDouble(plain)));
  }

  private static long based(String number) {
    int base = number.charAt(1) == 'x' ? 16 : number.charAt(1) == 'o' ? 8 : 2;
    int end = 2;
    while (end < number.length() && Character.digit(number.charAt(end), base) >= 0) {
      end++;
    }
    String digits = withoutZeros(number.substring(2, end));
    if (digits.length() <= LONG_DIGITS) {
      return FeatureHash.of(Long.toString(Long.parseLong(digits, base)));
    }
    return FeatureHash.of(number.charAt(1) + digits);
  }

  private static String withoutZeros(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.isEmpty() ? "0" : digits.substring(start);
  }

  /** How much of a decimal number is no suffix such as L, f or u32. */
  private static int plainLength(String number) {
    int end = 0;
    while (end < number.length() && (isDigit(number.charAt(end)) || number.charAt(end) == '.')) {
      end++;
    }
    if (end < number.length() && number.charAt(end) == 'e') {
      int digits = end + 1;
      if (digits < number.length() && isSign(number.charAt(digits))) {
        digits++;
      }
      if (isDigitAt(number, digits)) {
        while (isDigitAt(number, digits)) {
          digits++;
        }
        return digits;
      }
    }
    return end;
  }

  private static boolean isBased(String text, int start) {
    if (text.charAt(start) != '0' || start + 1 >= text.length()) {
      return false;
    }
    int letter = text.charAt(start + 1) | 0x20;
    return letter == 'x' || letter == 'o' || letter == 'b';
  }

  /** A dot is part of the number unless a range (1..9) or a member (1.max) follows. */
  private static boolean isFraction(String text, int next) {
    if (next >= text.length() || isDigit(text.charAt(next))) {
      return true;
    }
    char after = text.charAt(next);
    boolean suffix = "eEfFdDjJ".indexOf(after) >= 0;
    boolean longer = next + 1 < text.length() && Character.isLetter(text.charAt(next + 1));
    return after != '.' && (!Character.isLetter(after) || (suffix && !longer)) && after != '_';
  }

  private static int wordEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isOfNumber(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfNumber(char c) {
    int lower = c | 0x20;
    return isDigit(c) || c == '_' || (c < 128 && lower >= 'a' && lower <= 'z');
  }

  private static boolean isDigitAt(String text, int index) {
    return index < text.length() && isDigit(text.charAt(index));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSign(char c) {
    return c == '+' || c == '-';
  }
}
