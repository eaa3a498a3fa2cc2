# SPDX-License-Identifier: Apache-2.0
"""Where a panel stands on the picture, and how texts and numbers in it look."""

import math

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

COLOURS = list(plt.get_cmap("tab10").colors) + list(plt.get_cmap("Dark2").colors)
COLUMN, ROW, HEADER, GAP, DPI = 56, 30, 64, 6, 100  # pixels
LETTER, LINE = 5.8, 14  # pixels that a letter and a line of small text take
STEPS = {"bytes": (1024, ["B", "KiB", "MiB", "GiB"]), "short": (1000, ["", "K", "M", "G"])}


def number(value, unit):
    """A value as Grafana writes it, roughly."""
    if unit == "percentunit":
        return f"{100 * value:.3g} %"
    if unit in ("s", "watt", "celsius", "reqps"):
        if unit == "s" and abs(value) >= 172800:
            return f"{value / 86400:.3g} d"
        if unit == "s" and abs(value) >= 120:
            return f"{value / 60:.3g} min"
        if unit == "s" and 0 < abs(value) < 1:
            return f"{1000 * value:.3g} ms" if abs(value) >= 1e-3 else f"{1e6 * value:.3g} µs"
        return f"{value:.3g} " + {"s": "s", "watt": "W", "celsius": "°C", "reqps": "req/s"}[unit]
    base, names = STEPS.get(unit or "none", (math.inf, [""]))
    power = 0
    while abs(value) >= base and power < len(names) - 1:
        value /= base
        power += 1
    return f"{value:.4g} {names[power]}".strip()


def round_step(span, unit):
    """Between two ticks, where a round number is not one of tens; None where it is."""
    if unit == "bytes" and span > 0:
        return 2 ** math.ceil(math.log2(span / 5))
    if unit == "s" and span >= 172800:
        return 86400 * math.ceil(span / 5 / 86400)
    return None


class Panel:
    """One panel's rectangle on the figure, in pixels from the top left corner."""

    def __init__(self, figure, size, panel):
        place = panel["gridPos"]
        self.figure, self.size, self.panel = figure, size, panel
        self.x, self.y = place["x"] * COLUMN + GAP, HEADER + place["y"] * ROW + GAP
        self.w, self.h = place["w"] * COLUMN - GAP, place["h"] * ROW - GAP
        self.unit = panel["fieldConfig"]["defaults"].get("unit")
        left, bottom, width, height = self._fraction(self.x, self.y, self.w, self.h)
        figure.add_artist(
            Rectangle(
                (left, bottom), width, height, facecolor="white", edgecolor="#d0d4da", zorder=-1
            )
        )
        self.text(8, 15, panel["title"], weight="bold")

    def text(self, x, y, content, **style):
        style = {"fontsize": 8, "color": "#24292f", "va": "center", **style}
        left, bottom, _, _ = self._fraction(self.x + x, self.y + y, 0, 0)
        self.figure.text(left, bottom, content, **style)

    def axes(self, legend_lines):
        top, bottom = 30, 22 + LINE * legend_lines
        place = (self.x + 62, self.y + top, self.w - 86, self.h - top - bottom)
        axes = self.figure.add_axes(self._fraction(*place))
        axes.tick_params(labelsize=7, length=2, colors="#57606a")
        axes.grid(color="#e6e8eb", linewidth=0.6)
        axes.spines[:].set_visible(False)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, self.unit)))
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_locator(MaxNLocator(6))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} min"))
        return axes

    def legend_rows(self, legends):
        """Which legends stand in which line: as many as fit."""
        rows, used = [[]], 0
        for index, legend in enumerate(legends):
            width = 24 + LETTER * len(legend)
            if rows[-1] and used + width > self.w - 16:
                rows.append([])
                used = 0
            rows[-1].append((used, index, legend))
            used += width
        return rows

    def draw_legend(self, rows):
        for line, row in enumerate(rows):
            for x, index, legend in row:
                y = self.h - LINE * (len(rows) - line) + 4
                self.text(10 + x, y, "—", color=COLOURS[index % len(COLOURS)], weight="bold")
                self.text(24 + x, y, legend, fontsize=7)

    def no_data(self, why):
        self.text(self.w / 2, self.h / 2 - 6, "no data", ha="center", color="#57606a", fontsize=10)
        self.text(self.w / 2, self.h / 2 + 14, why, ha="center", color="#57606a", fontsize=6.5)

    def _fraction(self, x, y, width, height):
        return (
            x / self.size[0],
            1 - (y + height) / self.size[1],
            width / self.size[0],
            height / self.size[1],
        )
