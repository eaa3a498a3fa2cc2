// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.util.Arrays;

/** An immutable sequence of token ids; a slice shares its values with the whole. */
public final class TokenIds {
  /** No tokens. */
  public static final TokenIds EMPTY = new TokenIds(new int[0], 0, 0);

  private final int[] values;
  private final int from;
  private final int length;

  private TokenIds(int[] values, int from, int length) {
    this.values = values;
    this.from = from;
    this.length = length;
  }

  /** Copies the ids, each of which must fit into 32 bits. */
  public static TokenIds copyOf(long... ids) {
    int[] values = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] = Math.toIntExact(ids[i]);
    }
    return new TokenIds(values, 0, values.length);
  }

  /** {@code count} times {@code id}. */
  public static TokenIds nCopies(int count, int id) {
    int[] values = new int[count];
    Arrays.fill(values, id);
    return new TokenIds(values, 0, count);
  }

  /** How many there are. */
  public int length() {
    return length;
  }

  /** The id at {@code index}, in [0, length). */
  public int get(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException(index);
    }
    return values[from + index];
  }

  /** The ids of [{@code start}, {@code end}). */
  public TokenIds slice(int start, int end) {
    if (start < 0 || end < start || end > length) {
      throw new IndexOutOfBoundsException("[%d, %d) of %d".formatted(start, end, length));
    }
    return new TokenIds(values, from + start, end - start);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenIds that
        && Arrays.equals(
            values, from, from + length, that.values, that.from, that.from + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + values[from + i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOfRange(values, from, from + length));
  }
}
