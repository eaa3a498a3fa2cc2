// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/**
 * A table whose rows begin with a header. Confined to one thread. One that is too wide for the
 * window scrolls by itself, with the keyboard too.
 */
final class Table {
  private final String caption;
  private final ImmutableList<String> columns;
  private final List<ImmutableList<String>> rows = new ArrayList<>();

  /**
   * A table with nothing in it.
   *
   * @param caption says what the table is, to those who do not see it
   * @param columns their headers, the rows' own first
   */
  Table(String caption, String... columns) {
    this.caption = caption;
    this.columns = ImmutableList.copyOf(columns);
  }

  /** {@code cells} of which the first is the row's header, one a column. */
  void row(String... cells) {
    rows.add(ImmutableList.copyOf(cells));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  Html html() {
    return Html.tag("div")
        .with("class", "scroll")
        .with("role", "region")
        .with("tabindex", "0")
        .with("aria-label", caption)
        .around(
            Html.tag("table")
                .with("class", columns.size() == 2 ? "facts" : "figures")
                .around(
                    Html.tag("caption").around(caption),
                    Html.tag("thead").around(head()),
                    Html.tag("tbody").around(Html.all(rows.stream().map(this::body).toList()))));
  }

  private Html head() {
    List<Html> cells = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      cells.add(cell("th", column).with("scope", "col").around(columns.get(column)));
    }
    return Html.tag("tr").around(Html.all(cells));
  }

  private Html body(List<String> row) {
    List<Html> cells = new ArrayList<>();
    cells.add(Html.tag("th").with("scope", "row").around(row.get(0)));
    for (int column = 1; column < row.size(); column++) {
      cells.add(cell("td", column).around(row.get(column)));
    }
    return Html.tag("tr").around(Html.all(cells));
  }

  /** Columns of words stand left, those of numbers right. */
  private Html.Tag cell(String name, int column) {
    boolean words = rows.stream().map(row -> row.get(column)).anyMatch(Table::startsWithLetter);
    return Html.tag(name).with("class", words ? "word" : "number");
  }

  private static boolean startsWithLetter(String cell) {
    return !cell.isEmpty() && Character.isLetter(cell.codePointAt(0));
  }
}
