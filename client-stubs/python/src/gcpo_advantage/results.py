# SPDX-License-Identifier: Apache-2.0
"""What comes back: one result a group, arrays in the group's order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gcpo_advantage import _status
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2
from gcpo_advantage._html import group_html
from gcpo_advantage._rollout_columns import Booleans, Doubles, Integers, RolloutColumns
from gcpo_advantage._values import Values
from gcpo_advantage.diversity import GroupDiversity
from gcpo_advantage.errors import AdvantageError
from gcpo_advantage.gold import GoldResult
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import AnswerOrigin, ModelIdentity
from gcpo_advantage.kernel import KernelReport
from gcpo_advantage.rewards import RewardStatistics


class GroupResult:
    """The answer for one group of n rollouts, or the reason why there is none. Picklable.

    Of a group that failed, every property raises its error: a failure never passes for zeros.

    Attributes:
        group_id: the group's.
        group: what was sent.
        model: which model made the embeddings; None where the client computed the result itself.
        origin: which server worked it out; None where the client did.
        error: why there is no result; None where there is one.
        fallback: None for the server's answer; what the client put in its place, ``local_grpo`` or
            ``zero``, where ``on_failure`` asked for it.
    """

    __slots__ = ("_values", "error", "fallback", "group", "group_id", "model", "origin")

    def __init__(
        self,
        group: RolloutGroup,
        model: ModelIdentity | None,
        values: Values | None,
        error: AdvantageError | None,
        fallback: str | None = None,
        origin: AnswerOrigin | None = None,
    ) -> None:
        """Made by the client; exactly one of values and error is given."""
        self.group_id = group.group_id
        self.group = group
        self.model = model
        self.origin = origin
        self.error = error
        self.fallback = fallback
        self._values = values

    def raise_for_error(self) -> None:
        """Raises the group's error, if it has one."""
        if self.error is not None:
            raise self.error

    @property
    def advantages(self) -> Doubles:
        """[n] the advantages; finite, 0 where ``included`` is False."""
        return self._get().advantages

    @property
    def credits(self) -> Doubles | None:
        """[n] shares of ``team_value``, 0 for a reward of 0 or less; None without team credit."""
        return self._get().credits

    @property
    def scaled_credits(self) -> Doubles | None:
        """[n] credits in units of a lone correct rollout of reward 1; None without team credit."""
        return self._get().scaled_credits

    @property
    def credit_standard_errors(self) -> Doubles | None:
        """[n] standard errors of ``credits``, >= 0; None unless ``credit_method`` is sampled."""
        return self._get().credit_standard_errors

    @property
    def included(self) -> Booleans:
        """[n] whether the reward counted; False too where the golden answer took the place."""
        return self._get().included

    @property
    def tokens(self) -> Integers:
        """[n] tokens of each text, special tokens included; 0 where none was embedded."""
        return self._get().tokens

    @property
    def truncated_tokens(self) -> Integers:
        """[n] how many of those tokens were left out of the embedding."""
        return self._get().truncated_tokens

    @property
    def nearest_correct(self) -> Integers:
        """[n] position of the most similar other correct rollout; -1 where there is none."""
        return self._get().nearest_correct

    @property
    def nearest_similarity(self) -> Doubles:
        """[n] similarity to it, in [-1, 1]; NaN where there is none."""
        return self._get().nearest_similarity

    @property
    def importance_ratios(self) -> Doubles:
        """[n] exp((log_prob - old_log_prob) / generated_tokens), > 0; NaN without these three."""
        return self._get().importance_ratios

    @property
    def clipped(self) -> Booleans:
        """[n] whether that ratio is clipped, so that the rollout has no gradient; False without."""
        return self._get().clipped

    @property
    def team_value(self) -> float | None:
        """Coverage of the whole group, >= 0; None without team credit.

        The credits, with the golden answer's own where one was put in, sum to it, but for the
        allocation ``banzhaf``.
        """
        return self._get().team_value

    @property
    def credit_method(self) -> str | None:
        """How credits were computed: ``exact``, ``matrix_log`` or ``sampled``; None without."""
        return self._get().credit_method

    @property
    def credit_samples(self) -> int:
        """How many sampled orders, or sets, the credits are means of; 0 unless sampled."""
        return self._get().credit_samples

    @property
    def credit_standard_error(self) -> float:
        """The largest standard error of a credit, the golden answer's too; 0 unless sampled."""
        return self._get().credit_standard_error

    @property
    def rewards(self) -> RewardStatistics:
        """Of the included rollouts' rewards."""
        return self._get().rewards

    @property
    def diversity(self) -> GroupDiversity | None:
        """How different the rollouts are; None where it was switched off or could not be had."""
        return self._get().diversity

    @property
    def gold(self) -> GoldResult | None:
        """What became of the golden answer; None unless the configuration has ``gold``."""
        return self._get().gold

    @property
    def kernel(self) -> KernelReport | None:
        """How similar the rollouts were; None where no similarity was computed."""
        return self._get().kernel

    @property
    def similarity(self) -> Doubles | None:
        """[n, n] similarities after the temperature, in [-1, 1]; None unless asked for."""
        return self._get().similarity

    @property
    def signal(self) -> str:
        """Whether the advantages carry a training signal, and if not why.

        ``ok``: some advantage is not 0. ``zero_variance``: the scores are a tie. ``too_few_valid``:
        only one rollout had a reward that counts, and its advantage is 0. ``all_excluded``: none
        had. ``no_answer``: zeros of ``on_failure="zero"``.
        """
        return self._get().signal

    @property
    def keep(self) -> bool:
        """Whether the group trains anything: some advantage, or the golden answer's, is not 0."""
        return self._get().keep

    @property
    def centered(self) -> bool:
        """Whether the advantages, with the golden answer's own, sum to 0: do not centre again."""
        return self._get().centered

    @property
    def batch_groups(self) -> int:
        """How many groups the advantages were normalised with, this one included.

        0 for estimators that look at one group alone. Less than the groups of the call where some
        failed or have another configuration.
        """
        return self._get().batch_groups

    @property
    def config(self) -> dict[str, Any]:
        """The configuration used, every field of the estimator filled in."""
        return self._get().config

    @property
    def config_sha256(self) -> bytes:
        """SHA-256 of it, 32 bytes: equal for equal configurations of one origin.

        Empty where the client computed the result itself, or the server is older than the digest.
        """
        return self._get().config_sha256

    def __repr__(self) -> str:
        """Says what became of the group."""
        if self._values is None:
            return f"GroupResult({self.group_id!r}, error={self.error!r})"
        return f"GroupResult({self.group_id!r}, {self.signal}, advantages={self.advantages})"

    def _repr_html_(self) -> str:
        """The group as a notebook shows it: rollouts, advantages, similarities if asked for."""
        return group_html(self)

    def _get(self) -> Values:
        self.raise_for_error()
        assert self._values is not None
        return self._values


def from_message(
    message: result_pb2.GroupResult,
    group: RolloutGroup,
    model: ModelIdentity,
    origin: AnswerOrigin,
    columns: RolloutColumns | None,
    positions: Sequence[int],
) -> GroupResult:
    """Reads a checked message.

    Args:
        message: the answer to the group.
        group: the group.
        model: which model made the embeddings.
        origin: which server worked it out.
        columns: its rollouts, as the check read them; None where it is an error.
        positions: as in :func:`gcpo_advantage._status.from_call`.
    """
    if columns is None:
        error = _status.from_group(message.group_id, message.error, positions)
        return GroupResult(group, model, None, error, None, origin)
    values = Values.from_message(message.advantages, columns)
    return GroupResult(group, model, values, None, None, origin)
