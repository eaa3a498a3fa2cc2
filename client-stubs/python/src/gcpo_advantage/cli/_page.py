# SPDX-License-Identifier: Apache-2.0
"""A page of group views, written as the groups come."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from gcpo_advantage.results import GroupResult

MAX_GROUPS = 200
"""Groups that one page shows; it says how many more there are."""

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Groups of rollouts</title>
</head>
<body style="font:14px sans-serif;margin:1.5em">
"""


class Page:
    """A context manager; the file is whole once it is left."""

    def __init__(self, path: Path) -> None:
        """Opens the file."""
        self._groups = 0
        self._file = path.open("w", encoding="utf-8")
        self._file.write(_HEAD)

    def __enter__(self) -> Page:
        """Returns the page."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Ends the file."""
        hidden = self._groups - MAX_GROUPS
        more = f", {hidden} more are not shown" if hidden > 0 else ""
        whole = "" if failure is None else "; the command ended before all groups were scored"
        self._file.write(f"<p>{self._groups - max(0, hidden)} groups{more}{whole}</p>\n")
        self._file.write("</body>\n</html>\n")
        self._file.close()

    def add(self, result: GroupResult) -> None:
        """Writes one view, or only counts it."""
        self._groups += 1
        if self._groups <= MAX_GROUPS:
            self._file.write(f"{result._repr_html_()}\n<hr>\n")
