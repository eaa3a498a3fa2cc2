// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long made-up texts are, in words: each word is about one token of an English model.
 *
 * @param shape which distribution
 * @param first the length itself, the least length, or the median
 * @param second nothing, the greatest length, or the standard deviation of the length's logarithm
 */
public record Lengths(Shape shape, double first, double second) {
  private static final int MAX_WORDS = 1_000_000;
  private static final String EXPECTED =
      "WORDS, uniform:LEAST-MOST or lognormal:MEDIAN,SIGMA; words from 1 to " + MAX_WORDS;
  private static final Pattern TEXT =
      Pattern.compile("(\\d+)|uniform:(\\d+)-(\\d+)|lognormal:(\\d+),(\\d+(?:\\.\\d+)?)");

  /** Which distribution. */
  public enum Shape {
    /** All alike. */
    FIXED,
    /** Each length as likely as another. */
    UNIFORM,
    /** A few far longer than the others, as real rollouts are. */
    LOGNORMAL
  }

  /** From {@code 500}, {@code uniform:100-900} or {@code lognormal:500,0.6}. */
  public static Lengths parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    Expected.that(matcher.matches(), "length", text, EXPECTED);
    if (matcher.group(1) != null) {
      double words = number(text, matcher.group(1));
      return new Lengths(Shape.FIXED, words, words);
    }
    if (matcher.group(2) != null) {
      double least = number(text, matcher.group(2));
      double most = number(text, matcher.group(3));
      Expected.that(least <= most, "length", text, EXPECTED);
      return new Lengths(Shape.UNIFORM, least, most);
    }
    double sigma = Double.parseDouble(matcher.group(5));
    Expected.that(sigma <= 3, "length", text, "a SIGMA of at most 3");
    return new Lengths(Shape.LOGNORMAL, number(text, matcher.group(4)), sigma);
  }

  /** A length, at least 1. */
  int draw(SplittableRandom random) {
    double words =
        switch (shape) {
          case FIXED -> first;
          case UNIFORM -> first + Math.floor(random.nextDouble() * (second - first + 1));
          case LOGNORMAL -> first * Math.exp(second * random.nextGaussian());
        };
    return (int) Math.max(1, Math.min(MAX_WORDS, Math.round(words)));
  }

  private static double number(String text, String digits) {
    double words = Double.parseDouble(digits);
    Expected.that(words >= 1 && words <= MAX_WORDS, "length", text, EXPECTED);
    return words;
  }
}
