# SPDX-License-Identifier: Apache-2.0
"""Reads HTML as a browser would: what is markup, and what is only text."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {"meta", "path", "rect", "hr"}
_HARMLESS = {
    *("div", "span", "b", "i", "code", "table", "thead", "tbody", "tr", "th", "td", "details"),
    *("summary", "svg", "rect", "path", "text", "title"),
}
_ATTRIBUTES = {
    *("style", "title", "width", "height", "x", "y", "fill", "d", "stroke", "stroke-opacity"),
    *("stroke-dasharray", "pointer-events", "aria-hidden", "aria-label", "role", "font-size"),
    *("font-family", "text-anchor"),
}


class Page(HTMLParser):
    """Fails on markup that is not of the view, or that does not close.

    Attributes:
        text: of the page, without the titles of cells.
        titles: the values of title attributes and elements, in order.
        tags: how often each element stands there.
        cells: the texts of the rows of tables.
    """

    def __init__(self, source: str, allowed: frozenset[str] = frozenset()) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.titles: list[str] = []
        self.tags: dict[str, int] = {}
        self.cells: list[list[str]] = []
        self._open: list[str] = []
        self._allowed = _HARMLESS | allowed
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self._allowed, tag
        if tag in _HARMLESS:
            assert {name for name, _ in attrs} <= _ATTRIBUTES
        assert not any("url(" in (value or "") for name, value in attrs if name == "style")
        self.titles += [value or "" for name, value in attrs if name == "title"]
        self.tags[tag] = self.tags.get(tag, 0) + 1
        if tag == "tr":
            self.cells.append([])
        elif tag in ("td", "th"):
            self.cells[-1].append("")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.titles.append(data)
            return
        self.text += data
        if "td" in self._open or "th" in self._open:
            self.cells[-1][-1] += data
