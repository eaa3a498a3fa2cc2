# SPDX-License-Identifier: Apache-2.0
"""What a Prometheus says about one window of time."""

import json
import math
import re
import time
import urllib.parse
import urllib.request


class Prometheus:
    """Asks one Prometheus about one window of time."""

    def __init__(self, address, minutes, scrape_interval):
        self.address = address.rstrip("/")
        self.end = time.time()
        self.start = self.end - 60 * minutes
        self.step = max(scrape_interval, 60 * minutes / 200)
        # As Grafana computes it.
        self.rate_interval = max(self.step + scrape_interval, 4 * scrape_interval)

    def window(self, expression):
        return self._ask("query_range", expression, start=self.start, end=self.end, step=self.step)

    def now(self, expression):
        return self._ask("query", expression, time=self.end)

    def _ask(self, kind, expression, **times):
        # All of every variable is chosen, as it is when a dashboard is opened.
        for name, value in {
            "$__rate_interval": f"{math.ceil(self.rate_interval)}s",
            "$job": ".+",
            "$instance": ".+",
        }.items():
            expression = expression.replace(name, value)
        query = urllib.parse.urlencode({"query": expression, **times})
        with urllib.request.urlopen(f"{self.address}/api/v1/{kind}?{query}") as answer:
            return json.load(answer)["data"]["result"]

    def why_empty(self, panel):
        """What is missing, if whole metrics are; else nothing has happened."""
        names = re.findall(r"\bgcpo_\w+", " ".join(target["expr"] for target in panel["targets"]))
        missing = [name for name in dict.fromkeys(names) if not self.window(name)]
        return f"{missing[0]}: not exported here" if missing else "nothing happened"


def series(prometheus, panel):
    """Pairs of a legend and its values by step from the start."""
    found = []
    for target in panel["targets"]:
        instant = target.get("instant", False)
        for result in (prometheus.now if instant else prometheus.window)(target["expr"]):
            legend = re.sub(
                r"{{\s*(\w+)\s*}}",
                lambda label, labels=result["metric"]: labels.get(label.group(1), ""),
                target["legendFormat"],
            )
            points = {
                round((at - prometheus.start) / prometheus.step): float(value)
                for at, value in ([result["value"]] if instant else result["values"])
                if math.isfinite(float(value))
            }
            if points:
                found.append((legend, points))
    return found
