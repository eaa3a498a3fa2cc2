# SPDX-License-Identifier: Apache-2.0
"""What is sent: groups of rollouts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from google.protobuf.message import Message

from gcpo_advantage._columns import (
    Numbers,
    count,
    number,
    present,
    require_column,
    require_entries,
    shape_of,
)
from gcpo_advantage._config import Config, to_message
from gcpo_advantage._digest import sha256
from gcpo_advantage._generated.gcpo.advantage.v1 import rollout_pb2

_SHA256_BYTES = 32


@dataclass(frozen=True, eq=False)
class RolloutGroup:
    """The rollouts of one prompt, n of them, with their rewards.

    An estimator on rewards alone needs neither texts nor embeddings; what each one needs besides
    rewards stands in ``EstimatorInfo.inputs``.

    Attributes:
        group_id: names the group; unique in one call. 1 to 256 characters.
        texts: [n] the solutions as their reader sees them. None where embeddings are given, or
            where similarity is not needed.
        rewards: [n] the verifier's rewards, finite; above 0 counts as correct. None or NaN: the
            rollout could not be scored; it gets ``included`` False, advantage 0, and enters no
            mean.
        embeddings: [n, d] float32, in place of texts; a row of zeros is similar to nothing.
        hashes: [n] the SHA-256 of each text as UTF-8, 32 bytes each, in place of texts that were
            given to ``AdvantageClient.submit`` before. A group with a text that the server does not
            have, or no longer, fails with a PreconditionError, reason ``CONTENT_NOT_FOUND``.
        generated_tokens: [n] tokens that the policy generated, by its own tokenizer; whole. None or
            NaN: not known.
        log_probs: [n] sums over the generated tokens of their log-probabilities, in nats, under the
            policy being trained. None or NaN: not known.
        old_log_probs: [n] the same sums under the policy that sampled the rollouts.
        reward_components: parts of the reward, a mapping from each part's name to its column [n].
            None or NaN: the rollout lacks it, which is taken only where its reward does not count.
        greedy_reward: the reward of the policy's greedy rollout. None or NaN: not known.
        prompt: the prompt.
        prompt_embedding: [d] float32, for the kernel ``prompt_residual`` where embeddings are
            given.
        kernel_texts: [n] what kernels of text read in place of the texts, for example solutions
            without their final answers; None for a rollout: its text.
        cluster_labels: [n] for the kernel ``cluster``: rollouts of equal labels are alike; None:
            not known.
        similarity: [n, n] float64, for the kernel ``precomputed``; symmetric, positive
            semi-definite, 1 on the diagonal. With a golden answer for ``gold`` [n + 1, n + 1], the
            golden answer last.
        golden_answer: a reference solution as text, for the configuration's ``gold``.
        golden_embedding: [d] float32, in place of ``golden_answer`` where embeddings are given.
        golden_cluster_label: of the reference solution, as ``cluster_labels``.
        golden_log_prob: of the reference solution, as ``log_probs``. None or NaN: not known.
        golden_old_log_prob: of the reference solution, as ``old_log_probs``.
        golden_tokens: of the reference solution, as ``generated_tokens``.
        rollout_ids: [n] echoed ids; each at most 256 characters.
        config: overrides the call's configuration for this group, field by field.
    """

    group_id: str
    texts: Sequence[str] | None = None
    rewards: Numbers = ()
    embeddings: npt.NDArray[Any] | None = field(default=None, repr=False, kw_only=True)
    hashes: Sequence[bytes] | None = field(default=None, repr=False, kw_only=True)
    generated_tokens: Numbers | None = field(default=None, repr=False, kw_only=True)
    log_probs: Numbers | None = field(default=None, repr=False, kw_only=True)
    old_log_probs: Numbers | None = field(default=None, repr=False, kw_only=True)
    reward_components: Mapping[str, Numbers] | None = field(default=None, repr=False, kw_only=True)
    greedy_reward: float | None = field(default=None, repr=False, kw_only=True)
    prompt: str | None = field(default=None, repr=False, kw_only=True)
    prompt_embedding: npt.NDArray[Any] | None = field(default=None, repr=False, kw_only=True)
    kernel_texts: Sequence[str | None] | None = field(default=None, repr=False, kw_only=True)
    cluster_labels: Sequence[str | None] | None = field(default=None, repr=False, kw_only=True)
    similarity: npt.NDArray[Any] | None = field(default=None, repr=False, kw_only=True)
    golden_answer: str | None = field(default=None, repr=False, kw_only=True)
    golden_embedding: npt.NDArray[Any] | None = field(default=None, repr=False, kw_only=True)
    golden_cluster_label: str | None = field(default=None, repr=False, kw_only=True)
    golden_log_prob: float | None = field(default=None, repr=False, kw_only=True)
    golden_old_log_prob: float | None = field(default=None, repr=False, kw_only=True)
    golden_tokens: int | None = field(default=None, repr=False, kw_only=True)
    rollout_ids: Sequence[str] | None = field(default=None, kw_only=True)
    config: Config = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        """Checks that everything has one entry a rollout.

        Raises:
            ValueError: lengths or shapes that do not fit together, or an id that is no text.
        """
        if not isinstance(self.group_id, str):
            kind = type(self.group_id).__name__
            raise ValueError(f"group_id: {self.group_id!r} is a {kind} (expected: a str)")
        contents = [
            name for name in ("texts", "embeddings", "hashes") if getattr(self, name) is not None
        ]
        if len(contents) > 1:
            raise ValueError(
                f"{self._path}: {' and '.join(contents)} (expected: at most one of them)"
            )
        for name in ("texts", "kernel_texts", "cluster_labels", "rollout_ids"):
            if isinstance(getattr(self, name), str):
                raise ValueError(f"{self._path}: {name} is a str (expected: a sequence of str)")
        self._require_dimensions("embeddings", "[n, d]")
        self._require_dimensions("golden_embedding", "[d]")
        self._require_dimensions("prompt_embedding", "[d]")
        self._require_similarity()
        components = {} if self.reward_components is None else self.reward_components
        if not isinstance(components, Mapping):
            raise ValueError(
                f"{self._path}: reward_components is a {type(components).__name__}"
                " (expected: a mapping of names to [n])"
            )
        columns: dict[str, Any] = {
            "rewards": self.rewards,
            "generated_tokens": self.generated_tokens,
            "log_probs": self.log_probs,
            "old_log_probs": self.old_log_probs,
            **{f"reward_components[{name!r}]": column for name, column in components.items()},
        }
        for name, column in columns.items():
            if column is not None:
                require_column(self._path, name, column, len(self))
        for name in ("rollout_ids", "kernel_texts", "cluster_labels"):
            entries = getattr(self, name)
            if entries is not None:
                require_entries(self._path, name, entries, len(self))

    def __len__(self) -> int:
        """The number of rollouts, n."""
        for content in (self.texts, self.embeddings, self.hashes):
            if content is not None:
                return len(content)
        return len(self.rewards)

    def to_message(self, hashed: bool = False) -> rollout_pb2.RolloutGroup:
        """The message that is sent.

        Args:
            hashed: whether the hashes of texts take their places.

        Raises:
            ValueError: a text that is none or has no UTF-8 form, a number that is none, tokens
                that are no whole number, or a bad configuration.
        """
        names = ("golden_log_prob", "golden_old_log_prob", "greedy_reward", "golden_tokens")
        alone: dict[str, Any] = {
            name: number(f"{self._path}: {name}", getattr(self, name)) for name in names
        }
        golden_tokens = alone.pop("golden_tokens")
        message = rollout_pb2.RolloutGroup(**alone)
        self._write_text(message, "group_id", self.group_id)
        self._write_text(message, "prompt", self.prompt)
        self._write_text(message, "golden_answer", self.golden_answer)
        self._write_text(message, "golden_cluster_label", self.golden_cluster_label)
        if self.prompt_embedding is not None:
            message.prompt_embedding_f32_le = np.asarray(self.prompt_embedding, "<f4").tobytes()
        if self.similarity is not None:
            # In C order, whatever the order in memory.
            message.similarity_f64_le = np.asarray(self.similarity, "<f8").tobytes()
        if self.golden_embedding is not None:
            message.golden_embedding_f32_le = np.asarray(self.golden_embedding, "<f4").tobytes()
        if golden_tokens is not None:
            message.golden_tokens = count(f"{self._path}: golden_tokens", golden_tokens)
        if self.config is not None:
            message.config.CopyFrom(to_message(self.config))
        rollouts = [message.rollouts.add() for _ in range(len(self))]
        self._write_content(rollouts, hashed)
        self._write_column(rollouts, "kernel_text", self.kernel_texts)
        self._write_column(rollouts, "cluster_label", self.cluster_labels)
        self._write_numbers(rollouts)
        if self.rollout_ids is not None:
            for i, rollout_id in enumerate(self.rollout_ids):
                self._write_text(rollouts[i], "rollout_id", rollout_id, f"rollout_ids[{i}]")
        return message

    def _write_content(self, rollouts: Sequence[rollout_pb2.Rollout], hashed: bool) -> None:
        for i, text in enumerate(() if self.texts is None else self.texts):
            if not isinstance(text, str):
                raise self._no_text(f"texts[{i}]", text)
            if hashed:
                rollouts[i].content_sha256 = self._sha256(i, text)
            else:
                self._write_text(rollouts[i], "text", text, f"texts[{i}]")
        if self.embeddings is not None:
            rows = np.ascontiguousarray(self.embeddings, dtype="<f4")
            for rollout, row in zip(rollouts, rows, strict=True):
                rollout.embedding_f32_le = row.tobytes()
        for i, digest in enumerate(() if self.hashes is None else self.hashes):
            if not isinstance(digest, bytes) or len(digest) != _SHA256_BYTES:
                size = f" of {len(digest)} bytes" if isinstance(digest, bytes) else ""
                raise ValueError(
                    f"{self._path}: hashes[{i}] is a {type(digest).__name__}{size}"
                    f" (expected: {_SHA256_BYTES} bytes)"
                )
            rollouts[i].content_sha256 = digest

    def _sha256(self, position: int, text: str) -> bytes:
        try:
            return sha256(text)
        except UnicodeEncodeError as wrong:
            raise ValueError(
                f"{self._path}: texts[{position}] (expected: text with a UTF-8 form)"
            ) from wrong

    def _write_column(
        self,
        rollouts: Sequence[rollout_pb2.Rollout],
        name: str,
        values: Sequence[str | None] | None,
    ) -> None:
        for i, value in enumerate(() if values is None else values):
            self._write_text(rollouts[i], name, value, f"{name}s[{i}]")

    def _write_numbers(self, rollouts: Sequence[rollout_pb2.Rollout]) -> None:
        path = self._path
        for i, reward in present(f"{path}: rewards", self.rewards):
            rollouts[i].reward = reward
        for i, tokens in present(f"{path}: generated_tokens", self.generated_tokens):
            rollouts[i].generated_tokens = count(f"{path}: generated_tokens[{i}]", tokens)
        for i, log_prob in present(f"{path}: log_probs", self.log_probs):
            rollouts[i].log_prob = log_prob
        for i, log_prob in present(f"{path}: old_log_probs", self.old_log_probs):
            rollouts[i].old_log_prob = log_prob
        for name, column in (self.reward_components or {}).items():
            if not isinstance(name, str):
                raise self._no_text("reward_components: a name", name)
            for i, part in present(f"{path}: reward_components[{name!r}]", column):
                rollouts[i].reward_components[name] = part

    def _write_text(
        self, message: Message, name: str, text: str | None, path: str | None = None
    ) -> None:
        if text is None:
            return
        if not isinstance(text, str):
            raise self._no_text(path or name, text)
        try:
            setattr(message, name, text)
        except ValueError as wrong:
            raise ValueError(
                f"{self._path}: {path or name} (expected: text with a UTF-8 form)"
            ) from wrong

    def _no_text(self, name: str, value: object) -> ValueError:
        return ValueError(f"{self._path}: {name} is a {type(value).__name__} (expected: a str)")

    def _require_similarity(self) -> None:
        if self.similarity is None:
            return
        shape = shape_of(f"{self._path}: similarity", self.similarity, "[n, n]")
        n = len(self)
        if shape not in ((n, n), (n + 1, n + 1)):
            raise ValueError(
                f"{self._path}: similarity of shape {shape} (expected: [{n}, {n}], or [{n + 1},"
                f" {n + 1}] with a golden answer)"
            )

    def _require_dimensions(self, name: str, expected: str) -> None:
        values = getattr(self, name)
        if values is None:
            return
        shape = shape_of(f"{self._path}: {name}", values, expected)
        if len(shape) != expected.count(",") + 1:
            raise ValueError(f"{self._path}: {name} of shape {shape} (expected: {expected})")

    @property
    def _path(self) -> str:
        # Half a surrogate pair in a message would fail once more where it is printed.
        return f"group {self.group_id.encode(errors='backslashreplace').decode()}"
