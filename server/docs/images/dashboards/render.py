# SPDX-License-Identifier: Apache-2.0
"""Draws the chart's Grafana dashboards from a running Prometheus, for the documents.

Panels, places, titles, units, legends and expressions come from the dashboards themselves, so the
pictures follow them; only the drawing is not Grafana's. Needs matplotlib.

    python render.py http://127.0.0.1:9090 --minutes 10
"""

import argparse
import json
import math
import re
from datetime import datetime, timezone
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.ticker import MultipleLocator
from panel import COLOURS, COLUMN, DPI, GAP, HEADER, LETTER, ROW, Panel, number, round_step
from PIL import Image
from prometheus import Prometheus, series

HERE = Path(__file__).resolve().parent
DASHBOARDS = HERE.parents[3] / "helm" / "gcpo-advantage" / "dashboards"


def draw_timeseries(prometheus, place):
    found = series(prometheus, place.panel)
    if not found:
        return place.no_data(prometheus.why_empty(place.panel))
    rows = place.legend_rows([legend for legend, _ in found])
    axes = place.axes(len(rows))
    defaults = place.panel["fieldConfig"]["defaults"]
    indices = range(round((prometheus.end - prometheus.start) / prometheus.step) + 1)
    minutes = [index * prometheus.step / 60 for index in indices]
    if defaults.get("custom", {}).get("stacking", {}).get("mode") == "normal":
        stacks = [[points.get(index, 0) for index in indices] for _, points in found]
        colours = [COLOURS[index % len(COLOURS)] for index in range(len(stacks))]
        axes.stackplot(minutes, stacks, colors=colours, alpha=0.6)
    else:
        for index, (_, points) in enumerate(found):
            values = [points.get(at, math.nan) for at in indices]
            axes.plot(minutes, values, color=COLOURS[index % len(COLOURS)], linewidth=1.2)
    axes.set_xlim(0, minutes[-1])
    axes.set_ylim(defaults.get("min"), defaults.get("max"))
    low, high = axes.get_ylim()
    if high - low < abs(high) / 100:  # as good as constant
        axes.set_ylim(0, high * 1.2)
    low, high = axes.get_ylim()
    step = round_step(high - low, place.unit)
    if step:
        axes.yaxis.set_major_locator(MultipleLocator(step))
    place.draw_legend(rows)


def draw_stat(prometheus, place):
    # The last value, as Grafana's panel shows it.
    found = [(legend, points[max(points)]) for legend, points in series(prometheus, place.panel)]
    if not found:
        return place.no_data(prometheus.why_empty(place.panel))
    for index, (legend, value) in enumerate(found):
        x = place.w * (index + 0.5) / len(found)
        place.text(x, 52, number(value, place.unit), ha="center", fontsize=16)
        place.text(x, 86, legend, ha="center", color="#57606a")


def draw_table(prometheus, place):
    """As the transformations leave it: chosen labels, queries merged where they agree."""
    transformations = {it["id"]: it["options"] for it in place.panel["transformations"]}
    wanted = re.compile(transformations["filterFieldsByName"]["include"]["pattern"])
    rows = []
    for target in place.panel["targets"]:
        for result in prometheus.now(target["expr"]):
            labels = {key: value for key, value in result["metric"].items() if wanted.match(key)}
            same = [row for row in rows if all(row.get(k, v) == v for k, v in labels.items())]
            same[0].update(labels) if same and "merge" in transformations else rows.append(labels)
    if not rows:
        return place.no_data(prometheus.why_empty(place.panel))
    columns = list(dict.fromkeys(key for row in rows for key in row))
    width = {
        key: max(len(text) for text in [key, *(row.get(key, "") for row in rows)])
        for key in columns
    }
    # Long ones, such as fingerprints, are cut as Grafana cuts them.
    width = {key: min(letters, 20) + 2 for key, letters in width.items()}
    x = 8
    for key in columns:
        place.text(x, 40, key, weight="bold", fontsize=7)
        for line, row in enumerate(rows):
            text = row.get(key, "")
            place.text(x, 58 + 16 * line, text if len(text) <= 20 else text[:18] + "…", fontsize=7)
        x += LETTER * width[key]


def draw_heatmap(prometheus, place):
    """Buckets by time; what comes from Prometheus is cumulative over the buckets."""
    found = sorted(
        (math.inf if it == "+Inf" else float(it), points)
        for it, points in series(prometheus, place.panel)
    )
    if not found:
        return place.no_data(prometheus.why_empty(place.panel))
    indices = range(round((prometheus.end - prometheus.start) / prometheus.step) + 1)
    counts, below = [], dict.fromkeys(indices, 0.0)
    for _, points in found:
        counts.append([points.get(at, 0) - below[at] for at in indices])
        below = {at: points.get(at, 0) for at in indices}
    axes = place.axes(0)
    axes.imshow(
        [[value or math.nan for value in row] for row in counts],
        aspect="auto",
        origin="lower",
        cmap="YlOrRd",
        interpolation="nearest",
        extent=(0, indices[-1] * prometheus.step / 60, -0.5, len(found) - 0.5),
    )
    every = max(1, len(found) // 8)
    axes.set_yticks(range(0, len(found), every), [f"≤ {le:g}" for le, _ in found[::every]])


DRAW = {
    "timeseries": draw_timeseries,
    "stat": draw_stat,
    "table": draw_table,
    "heatmap": draw_heatmap,
}


def render(prometheus, file, target):
    dashboard = json.loads(file.read_text(encoding="utf-8"))
    panels = dashboard["panels"]
    bottom = max(it["gridPos"]["y"] + it["gridPos"]["h"] for it in panels)
    size = (24 * COLUMN + GAP, HEADER + bottom * ROW + GAP)
    figure = plt.figure(figsize=(size[0] / DPI, size[1] / DPI), dpi=DPI, facecolor="#f4f5f7")
    until = datetime.fromtimestamp(prometheus.end, timezone.utc)
    minutes = (prometheus.end - prometheus.start) / 60
    note = f"{minutes:.3g} minutes until {until:%Y-%m-%d %H:%M} UTC; not Grafana's drawing"
    figure.text(
        GAP / size[0], 1 - 22 / size[1], dashboard["title"], fontsize=14, weight="bold", va="center"
    )
    figure.text(
        GAP / size[0],
        1 - 48 / size[1],
        f"{dashboard['description']}  ({note})",
        fontsize=9,
        va="center",
    )
    for panel in panels:
        DRAW[panel["type"]](prometheus, Panel(figure, size, panel))
    figure.savefig(target)
    plt.close(figure)
    # Few colours are enough for lines and text, and a third of the size.
    Image.open(target).convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(
        target, optimize=True
    )
    print(f"{target}: {target.stat().st_size} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prometheus", help="its URL")
    parser.add_argument("--minutes", type=float, default=15, help="until now (default: 15)")
    parser.add_argument("--scrape-interval", type=float, default=5, help="in seconds (default: 5)")
    arguments = parser.parse_args()
    prometheus = Prometheus(arguments.prometheus, arguments.minutes, arguments.scrape_interval)
    for file in sorted(DASHBOARDS.glob("*.json")):
        render(prometheus, file, HERE / f"{file.stem}.png")


if __name__ == "__main__":
    main()
