// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/**
 * Reads a decimal number: digits, a thousands separator before each three of them (comma, space,
 * underscore, or LaTeX's <code>{,}</code>), a decimal point, an exponent (1.5e6). One thread's.
 */
final class NumberReader {
  /** Powers of ten up to it are exact, so that one division rounds like the decimal itself. */
  private static final int MAX_EXACT_POWER = 22;

  private static final int MAX_EXPONENT = 100_000;

  /** More digits than this do not change a double. */
  private static final long MAX_MANTISSA = Long.MAX_VALUE / 10 - 1;

  private final String text;
  private int end;
  private long mantissa;
  private int exponent;

  NumberReader(String text) {
    this.text = text;
  }

  /** Whether a number starts here: a digit, or a point before a digit. */
  boolean startsAt(int index) {
    return isDigit(index) || (charAt(index) == '.' && isDigit(index + 1));
  }

  /** The number that starts here; {@link #end} is behind it. */
  double read(int start) {
    mantissa = 0;
    exponent = 0;
    end = start;
    int leading = digits(false);
    while (leading <= 3 && thousandsAt(end)) {
      end += separatorAt(end);
      digits(false);
    }
    if (charAt(end) == '.' && isDigit(end + 1)) {
      end++;
      digits(true);
    }
    exponent();
    return value();
  }

  /** The index behind the number read last. */
  int end() {
    return end;
  }

  private double value() {
    if (exponent >= 0) {
      return mantissa * StrictMath.pow(10, Math.min(exponent, 400));
    }
    return -exponent <= MAX_EXACT_POWER
        ? mantissa / StrictMath.pow(10, -exponent)
        : mantissa * StrictMath.pow(10, exponent);
  }

  private int digits(boolean fraction) {
    int start = end;
    while (isDigit(end)) {
      int digit = Character.digit(text.charAt(end++), 10);
      if (mantissa < MAX_MANTISSA) {
        mantissa = 10 * mantissa + digit;
        exponent -= fraction ? 1 : 0;
      } else {
        exponent += fraction ? 0 : 1;
      }
    }
    return end - start;
  }

  /** An e with a whole number behind it that no letter follows. */
  private void exponent() {
    char mark = charAt(end);
    char sign = charAt(end + 1);
    int start = end + (sign == '-' || sign == '+' ? 2 : 1);
    int last = start;
    int power = 0;
    while (isDigit(last)) {
      // No double is that large or small.
      power = Math.min(10 * power + Character.digit(charAt(last++), 10), MAX_EXPONENT);
    }
    if ((mark == 'e' || mark == 'E') && last > start && !Character.isLetter(charAt(last))) {
      exponent += sign == '-' ? -power : power;
      end = last;
    }
  }

  /** A separator with exactly three digits behind it. */
  private boolean thousandsAt(int index) {
    int digits = index + separatorAt(index);
    return digits > index
        && isDigit(digits)
        && isDigit(digits + 1)
        && isDigit(digits + 2)
        && !isDigit(digits + 3);
  }

  /** The length of the separator that starts here; 0 for none. */
  private int separatorAt(int index) {
    return switch (charAt(index)) {
      case ',', ' ', '_', '\u00a0', '\u202f', '\u2009' -> 1;
      case '{' -> text.startsWith("{,}", index) ? 3 : 0;
      default -> 0;
    };
  }

  private boolean isDigit(int index) {
    return Character.isDigit(charAt(index));
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }
}
