// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import io.gcpo.advantage.server.diversity.feature.FeatureHash;

/**
 * An arithmetic expression, known by its value and by a hash of its canonical form: operands of a
 * sum and of a product in any order, sums of sums and products of products flattened. Immutable.
 *
 * <p>The hash of a sum is that of two numbers, the sums of the hashes of what is added and of what
 * is subtracted; so are numerator and denominator of a product. Addition does not mind the order.
 */
final class Expression {
  private enum Form {
    ATOM(1),
    /** A proper fraction of whole numbers: inside an expression a number like any other. */
    FRACTION(1),
    SUM(2),
    PRODUCT(3);

    private final long seed;

    Form(long seed) {
      this.seed = seed;
    }
  }

  private static final long POWER_SEED = 4;

  private final Form form;
  private final double value; // NaN: not known
  private final long first; // ATOM, FRACTION: its hash; SUM: what is added; PRODUCT: the numerator
  private final long
      second; // SUM: what is subtracted; PRODUCT: the denominator; FRACTION: of the division
  private final boolean composite;

  private Expression(Form form, double value, long first, long second, boolean composite) {
    this.form = form;
    this.value = value;
    this.first = first;
    this.second = second;
    this.composite = composite;
  }

  /** A number: equal values have equal hashes, 0.5 and 50 % alike. */
  static Expression number(double value) {
    return new Expression(Form.ATOM, value, hash(value), 0, false);
  }

  /** A proper fraction such as 3/4: equal to 0.75 as an operand, a division as a whole step. */
  static Expression fraction(double numerator, double denominator) {
    Expression division = number(numerator).dividedBy(number(denominator));
    return new Expression(
        Form.FRACTION, division.value, hash(division.value), division.hash(), true);
  }

  /** An unknown by its letter. */
  static Expression unknown(double letter) {
    return new Expression(
        Form.ATOM, Double.NaN, FeatureHash.append(Form.ATOM.seed, (long) letter), 0, false);
  }

  /** Of a number, to about 12 digits, so that a value does not depend on how it was computed. */
  static long hash(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return FeatureHash.mix((bits + 0x800) & ~0xFFFL);
  }

  /** The value; NaN where it is not known or not finite. */
  double value() {
    return Double.isFinite(value) ? value : Double.NaN;
  }

  /** Whether it says how something is computed: it has an operator. */
  boolean isComposite() {
    return composite;
  }

  /** Whether it is a sole number. */
  boolean isNumber() {
    return form == Form.ATOM && !composite && !Double.isNaN(value);
  }

  /** Of the canonical form, as a step of its own. */
  long stepHash() {
    return form == Form.FRACTION ? second : hash();
  }

  /** Of the canonical form, as an operand. */
  private long hash() {
    return form == Form.ATOM || form == Form.FRACTION
        ? first
        : FeatureHash.append(FeatureHash.append(form.seed, first), second);
  }

  Expression plus(Expression other) {
    Expression sum = asSum();
    Expression term = other.asSum();
    return new Expression(
        Form.SUM, value + other.value, sum.first + term.first, sum.second + term.second, true);
  }

  Expression minus(Expression other) {
    Expression sum = asSum();
    Expression term = other.asSum();
    return new Expression(
        Form.SUM, value - other.value, sum.first + term.second, sum.second + term.first, true);
  }

  Expression times(Expression other) {
    Expression product = asProduct();
    Expression factor = other.asProduct();
    return new Expression(
        Form.PRODUCT,
        value * other.value,
        product.first + factor.first,
        product.second + factor.second,
        true);
  }

  Expression dividedBy(Expression other) {
    Expression product = asProduct();
    Expression factor = other.asProduct();
    return new Expression(
        Form.PRODUCT,
        value / other.value,
        product.first + factor.second,
        product.second + factor.first,
        true);
  }

  Expression toThePowerOf(Expression other) {
    return new Expression(
        Form.ATOM,
        StrictMath.pow(value, other.value),
        FeatureHash.append(FeatureHash.append(POWER_SEED, hash()), other.hash()),
        0,
        true);
  }

  Expression negated() {
    return form == Form.ATOM && !composite && !Double.isNaN(value)
        ? number(-value)
        : number(0).minus(this);
  }

  private Expression asSum() {
    if (form == Form.SUM) {
      return this;
    }
    // A negative number is subtracted: 5 + (-3) is 5 - 3. The 0 of a negation is no term.
    boolean negative = isNumber() && value < 0;
    long term = negative ? hash(-value) : hash();
    long counted = isNumber() && value == 0 && !composite ? 0 : FeatureHash.mix(term);
    return new Expression(Form.SUM, value, negative ? 0 : counted, negative ? counted : 0, true);
  }

  private Expression asProduct() {
    return form == Form.PRODUCT
        ? this
        : new Expression(Form.PRODUCT, value, FeatureHash.mix(hash()), 0, true);
  }
}
