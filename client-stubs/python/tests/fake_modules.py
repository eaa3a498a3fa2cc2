# SPDX-License-Identifier: Apache-2.0
"""Modules that stand where a trainer's would."""

from __future__ import annotations

import sys
import types
from typing import Any

import pytest


def put_modules(monkeypatch: pytest.MonkeyPatch, contents: dict[str, dict[str, Any]]) -> None:
    """Makes modules by their dotted names, packages above them included, until the test ends."""
    for name, values in contents.items():
        parts = name.split(".")
        for depth in range(1, len(parts) + 1):
            path = ".".join(parts[:depth])
            if path not in sys.modules:
                made = types.ModuleType(path)
                made.__path__ = []
                monkeypatch.setitem(sys.modules, path, made)
                if depth > 1:
                    above = sys.modules[".".join(parts[: depth - 1])]
                    monkeypatch.setattr(above, parts[depth - 1], made, raising=False)
        module = sys.modules[name]
        for key, value in values.items():
            monkeypatch.setattr(module, key, value, raising=False)
