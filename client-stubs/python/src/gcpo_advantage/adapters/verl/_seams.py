# SPDX-License-Identifier: Apache-2.0
"""What is replaced in verl, module by module."""

from __future__ import annotations

import functools
import inspect
import sys
import weakref
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from types import ModuleType
from typing import Any

from gcpo_advantage.adapters._contract import IncompatibleTrainerError, Seam, require
from gcpo_advantage.adapters._settings import AdapterSettings
from gcpo_advantage.adapters.verl._rows import (
    DEFAULT_GOLDEN_FIELD,
    Texts,
    of_data_proto,
    of_queue,
)

TESTED = "0.7 to 0.10.0.dev"

_PPO = "verl.trainer.ppo"
_CORE, _METRICS, _UTILS, _LEGACY, _V1 = (
    f"{_PPO}.{name}"
    for name in ("core_algos", "metric_utils", "trainer_utils", "ray_trainer", "v1.trainer_base")
)
_COMPUTE = ("data", "adv_estimator", "config")

SEAMS: dict[str, list[Seam]] = {
    _CORE: [Seam(_CORE, "register_adv_est", ("name_or_enum",))],
    _METRICS: [Seam(_METRICS, "compute_data_metrics", ("batch",))],
    _UTILS: [Seam(_UTILS, "compute_advantage", _COMPUTE)],
    _LEGACY: [
        Seam(_LEGACY, "compute_advantage", _COMPUTE),
        Seam(_LEGACY, "RayPPOTrainer.__init__", ("self", "config", "tokenizer")),
    ],
    _V1: [
        Seam(_V1, "PPOTrainer.__init__", ("self", "config")),
        Seam(_V1, "PPOTrainer._compute_advantage", ("self", "batch", "metrics")),
        Seam(_V1, "tq.kv_batch_get", ()),
    ],
}
"""By module; verl has ``trainer_utils`` and v1 in its newer versions only."""

Current = ContextVar[Texts | None]

_trainers: weakref.WeakSet[Any] = weakref.WeakSet()
_pending: dict[str, float] = {}


def require_trainer(present: Sequence[str]) -> None:
    """Checks that there is a verl, with one of its two trainers at least.

    Raises:
        IncompatibleTrainerError: there is not.
    """
    missing = [name for name in (_CORE, _METRICS) if name not in present]
    if missing or not {_LEGACY, _V1} & set(present):
        require(
            "verl", TESTED, [seam for name in missing or (_LEGACY, _V1) for seam in SEAMS[name]]
        )


def fit(module: ModuleType, name: str, estimator: Callable[..., Any], current: Current) -> None:
    """Checks a module's seams and does what is needed to it; does nothing the second time.

    Raises:
        IncompatibleTrainerError: its seams are not as in the versions that were read.
    """
    require("verl", TESTED, SEAMS[module.__name__])
    if module.__name__ == _CORE:
        module.register_adv_est(name)(estimator)
    elif module.__name__ == _METRICS:
        _replace(module, "compute_data_metrics", _with_pending)
    elif module.__name__ == _V1:
        _fit_v1(module, name, current)
    else:
        _replace(module, "compute_advantage", lambda found: _with_texts(found, name, current))
        if module.__name__ == _LEGACY:
            _remember_trainers(module.RayPPOTrainer)
            _replace(module.RayPPOTrainer, "__init__", lambda found: _with_check(found, name))


def _with_texts(original: Callable[..., Any], name: str, current: Current) -> Callable[..., Any]:
    signature = inspect.signature(original)

    @functools.wraps(original)
    def compute_advantage(*args: Any, **kwargs: Any) -> Any:
        given = signature.bind(*args, **kwargs).arguments
        if not _is(given["adv_estimator"], name) or current.get() is not None:
            return original(*args, **kwargs)  # another estimator, or v1 that brought its texts
        algorithm = given.get("config")
        texts = of_data_proto(given["data"], _tokenizer(algorithm), _settings(algorithm))
        result = _during(current, texts, lambda: original(*args, **kwargs))
        _pending.update(texts.metrics)
        return result

    return compute_advantage


def _fit_v1(module: ModuleType, name: str, current: Current) -> None:
    def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _compute_advantage(self: Any, batch: Any, metrics: dict[str, Any]) -> Any:
            algorithm = self.config.algorithm
            if not _is(algorithm.adv_estimator, name):
                return original(self, batch, metrics)
            texts = of_queue(module.tq, batch, self.tokenizer, _settings(algorithm))
            result = _during(current, texts, lambda: original(self, batch, metrics))
            metrics.update(texts.metrics)
            return result

        return _compute_advantage

    _replace(module.PPOTrainer, "_compute_advantage", wrap)
    _replace(module.PPOTrainer, "__init__", lambda found: _with_check(found, name))


def _with_check(original: Callable[..., None], name: str) -> Callable[..., None]:
    """Settings that cannot be read fail when a trainer is made, not after its first rollout."""
    signature = inspect.signature(original)

    @functools.wraps(original)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        algorithm = signature.bind(self, *args, **kwargs).arguments["config"].algorithm
        if _is(algorithm.adv_estimator, name):
            _settings(algorithm).client()
        original(self, *args, **kwargs)

    return __init__


def _with_pending(original: Callable[..., Any]) -> Callable[..., Any]:
    """The legacy trainers keep a step's metrics to themselves but take these of the batch."""

    @functools.wraps(original)
    def compute_data_metrics(*args: Any, **kwargs: Any) -> dict[str, Any]:
        metrics: dict[str, Any] = {**original(*args, **kwargs), **_pending}
        _pending.clear()
        return metrics

    return compute_data_metrics


def _remember_trainers(trainer: Any) -> None:
    """At ``__new__``: some of its subclasses have constructors that do not call its own."""
    if "__new__" in vars(trainer):
        return

    def remember(cls: Any, *_args: Any, **_kwargs: Any) -> Any:
        made = object.__new__(cls)
        _trainers.add(made)
        return made

    trainer.__new__ = staticmethod(remember)


def _tokenizer(algorithm: Any) -> Any:
    """Of the trainer whose configuration it is, or of the only one."""
    trainers = list(_trainers)
    own = [each for each in trainers if each.config.algorithm is algorithm] or trainers
    if len(own) != 1:
        raise IncompatibleTrainerError(
            f"trainers: {len(own)} that may have called compute_advantage"
            f" (expected: one RayPPOTrainer in this process, as in verl {TESTED})"
        )
    return own[0].tokenizer


def _settings(algorithm: Any) -> AdapterSettings:
    given = algorithm.get("gcpo", None) if hasattr(algorithm, "get") else None
    omegaconf = sys.modules.get("omegaconf")
    if omegaconf is not None and omegaconf.OmegaConf.is_config(given):
        given = omegaconf.OmegaConf.to_container(given, resolve=True)
    return AdapterSettings.read(given).with_golden_at(DEFAULT_GOLDEN_FIELD)


def _during(current: Current, texts: Texts, call: Callable[[], Any]) -> Any:
    token = current.set(texts)
    try:
        return call()
    finally:
        current.reset(token)


def _is(estimator: Any, name: str) -> bool:
    return bool(getattr(estimator, "value", estimator) == name)


def _replace(owner: Any, name: str, wrap: Callable[[Any], Any]) -> None:
    """Also where a module has imported the original by its name."""
    original = getattr(owner, name)
    if getattr(original, "gcpo_wrapped", False):
        return
    wrapper = wrap(original)
    wrapper.gcpo_wrapped = True
    setattr(owner, name, wrapper)
    for module in list(sys.modules.values()):
        if getattr(module, "__dict__", {}).get(name) is original:
            setattr(module, name, wrapper)
