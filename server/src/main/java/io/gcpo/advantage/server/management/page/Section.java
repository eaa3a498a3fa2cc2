// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

/** A part of the page under a heading. */
final class Section {
  private Section() {}

  /** {@code id} is what links point to. */
  static Html of(String id, String heading, Html... content) {
    return Html.tag("section")
        .with("id", id)
        .with("aria-labelledby", id + "-heading")
        .around(
            Html.tag("h2").with("id", id + "-heading").around(heading),
            Html.tag("div").around(content));
  }

  /** A remark below a table. */
  static Html note(String text) {
    return Html.tag("p").with("class", "note").around(text);
  }
}
