# SPDX-License-Identifier: Apache-2.0
"""Something to do with a module as soon as it is imported, without importing it now.

A package of its own, of the standard library alone: trainers import it in each of their processes,
most of which never compute an advantage.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

Action = Callable[[ModuleType], None]


def after_import(name: str, action: Action) -> None:
    """Runs ``action`` with the module right after it was executed, before its importer goes on.

    At once where the module is there already. One action for each module: a second call for the
    same name replaces the first.
    """
    if name in sys.modules:
        action(sys.modules[name])
        return
    finder = next((each for each in sys.meta_path if isinstance(each, _Finder)), None)
    if finder is None:
        finder = _Finder()
        sys.meta_path.insert(0, finder)
    finder.actions[name] = action


class _Finder(MetaPathFinder):
    def __init__(self) -> None:
        self.actions: dict[str, Action] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        action = self.actions.get(fullname)
        if action is None:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.loader is None:
            return None
        # On the loader itself, which is this module's alone: a loader around it would hide the
        # source from inspect and from whatever else asks for it.
        execute = spec.loader.exec_module

        def then_act(module: ModuleType) -> None:
            execute(module)
            action(module)

        loader: Any = spec.loader
        loader.exec_module = then_act
        return spec
