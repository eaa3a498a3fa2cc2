# SPDX-License-Identifier: Apache-2.0
"""The client that waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np
import numpy.typing as npt

from gcpo_advantage import _blocking, _compute, _plan, _rows, _submission, _texts
from gcpo_advantage._base import ClientBase
from gcpo_advantage._columns import Ids, Numbers
from gcpo_advantage._config import Config
from gcpo_advantage._options import split_options, split_texts_timeout, split_timeout
from gcpo_advantage._settings import OnFailure
from gcpo_advantage.flat import FlatResult
from gcpo_advantage.groups import RolloutGroup
from gcpo_advantage.info import ServerInfo
from gcpo_advantage.results import GroupResult

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from gcpo_advantage._options import FlatOptions, StreamOptions, SubmitOptions

_T = TypeVar("_T")


class AdvantageClient(ClientBase):
    """A client of the advantage service. Thread-safe, picklable, a context manager.

    It connects at the first call, anew in each process (a forked worker, an unpickled copy). A call
    that finds the server overloaded, restarting or away is tried again until its time is over, and
    so are groups that alone fail for that, see :class:`gcpo_advantage.RetryPolicy`. A failed
    call raises a :class:`gcpo_advantage.AdvantageError`. What it returns was checked against what
    was asked.
    """

    def __enter__(self) -> AdvantageClient:
        """Returns the client."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Closes the client."""
        self.close()

    def close(self) -> None:
        """Ends the connections; further calls raise RuntimeError."""
        self._channels.close()

    def compute(
        self,
        groups: Iterable[RolloutGroup],
        *,
        config: Config = None,
        diversity: bool = True,
        metrics: Sequence[str] = (),
        cluster_threshold: float | None = None,
        pass_at_k: Sequence[int] = (),
        similarity: bool = False,
        model: str | None = None,
        expected_model_fingerprint: str | None = None,
        request_id: str | None = None,
        timeout: float | None = None,
        prefetched: bool = False,
        on_group_error: Literal["raise", "return"] = "raise",
        on_failure: OnFailure | None = None,
    ) -> list[GroupResult]:
        """The advantages of every group, in the order of the groups.

        A call over the server's limits is sent as several requests, side by side; but never where
        an estimator normalises over all groups of a request (``EstimatorInfo.batch_level``): such a
        call fails.

        Args:
            groups: the groups; their ids differ.
            config: for all groups that bring none of their own, for example ``{"estimator":
                "gcpo_cooperative", "alpha": 1, "normalization": "centered"}``; ``gold``,
                ``importance``, ``component_weights`` and ``composite_kernel`` are dictionaries in
                it. None: the server's defaults.
            diversity: whether results carry diversity metrics; without them, an estimator that
                works on rewards alone compares nothing.
            metrics: which, named as in :class:`gcpo_advantage.DiversityMetrics`, for example
                ``["vendi_score", "self_bleu"]``; a group without the texts or embeddings they need
                fails. Empty: ``vendi_score``, ``pairwise_distance``, ``effective_count`` and
                ``distinct``, where they can be had.
            cluster_threshold: from which similarity on the metric ``clusters`` links two rollouts,
                in (0, 1]. None: 0.9.
            pass_at_k: the k for which ``GroupDiversity.pass_at_k`` is wanted, each in [1, 1024].
            similarity: whether results carry ``GroupResult.similarity``; a group that lacks what
                the kernel looks at fails.
            model: which of the server's models embeds the texts, by its name in
                ``ServerInfo.models``; with ``prefetched``, the one that they were submitted for.
                None: the first.
            expected_model_fingerprint: refuses another model, ``ModelIdentity.fingerprint``: with
                a PreconditionError, reason ``MODEL_FINGERPRINT_MISMATCH``. None: takes any.
            request_id: correlates with the server's logs; None: a random one.
            timeout: seconds for the whole call; None: the client's.
            prefetched: whether the texts were given to :meth:`submit` before: hashes are sent in
                their place, and texts only where the server no longer has them. The results are the
                same.
            on_group_error: ``"raise"`` raises the first failed group's error, whose ``results``
                hold all results; ``"return"`` returns it in ``GroupResult.error``.
            on_failure: as where the client is made; None: the client's.

        Raises:
            AdvantageError: the call failed, or a group did; a PreconditionError with reason
                ``MODEL_NOT_FOUND`` where the server has no such model.
            ValueError: groups, a configuration or options that cannot be sent.
            TypeError: a value of the wrong type in a configuration or in options.
        """
        deadline = self._deadline(timeout)
        question = _compute.Question.of(
            groups,
            config=config,
            diversity=diversity,
            metrics=metrics,
            cluster_threshold=cluster_threshold,
            pass_at_k=pass_at_k,
            similarity=similarity,
            model=model,
            expected_model_fingerprint=expected_model_fingerprint,
            request_id=request_id,
            prefetched=prefetched,
            on_group_error=on_group_error,
            on_failure=on_failure or self._settings.on_failure,
        )
        return self._carry_out(self._compute(question, deadline), deadline)

    def compute_flat(
        self,
        rewards: Numbers,
        group_ids: Ids,
        texts: Sequence[str] | None = None,
        *,
        embeddings: npt.NDArray[Any] | None = None,
        hashes: Sequence[bytes] | None = None,
        rollout_ids: Ids | None = None,
        golden: _rows.PerGroup = None,
        prompts: _rows.PerGroup = None,
        **more: Unpack[FlatOptions],
    ) -> FlatResult:
        """The advantages of a batch of N rows, in their order, whatever groups they are of.

        Groups may have different sizes and their rows may be mixed. At most one of ``texts``,
        ``embeddings`` and ``hashes`` is given, or none where rewards are all that is looked at.

        Args:
            rewards: [N] the verifier's; None or NaN where a rollout could not be scored.
            group_ids: [N] which prompt each row is of; any values that a dictionary takes as keys,
                written with ``str``.
            texts: [N] the solutions.
            embeddings: [N, d] float32, in place of texts.
            hashes: [N] the SHA-256 of texts that were submitted, in place of them.
            rollout_ids: [N] where several rows are one rollout: those of one group with equal ids.
                The last of them says what the rollout is; it counts once, and all get its
                advantage.
            golden: the golden answer of each group that has one, for the configuration's ``gold``:
                by group id, or as a column [N].
            prompts: the prompt of each group, in the same two forms.
            more: columns [N] as in :class:`RolloutGroup`: ``generated_tokens``, ``log_probs``,
                ``old_log_probs``, ``reward_components``, ``kernel_texts``, ``cluster_labels``; and
                options as :meth:`compute` takes them, but ``on_group_error``.

        Raises:
            AdvantageError: as :meth:`compute` raises it.
            ValueError: columns that do not fit together, or what :meth:`compute` raises it for.
        """
        columns, options = split_options(more)
        rows = _rows.to_groups(
            rewards,
            group_ids,
            rollout_ids=rollout_ids,
            golden=golden,
            prompts=prompts,
            columns={"texts": texts, "embeddings": embeddings, "hashes": hashes, **columns},
        )
        return rows.result(self.compute(rows.groups, **options))

    def stream(
        self, groups: Iterable[RolloutGroup], **options: Unpack[StreamOptions]
    ) -> Iterator[GroupResult]:
        """The result of each group as soon as it is ready, in any order.

        Groups are read in a thread of their own and sent as they come, so that the first are
        computed while others are still generated; at most 256 are on their way. A stream that
        breaks is taken up again with the groups that have no answer yet.

        Args:
            groups: the groups; their ids differ. An estimator that normalises over a whole request
                cannot be streamed.
            options: as :meth:`compute` takes them; ``timeout`` is how long the answer to a group
                may take from when it is sent.

        Returns:
            One result for each group; that of a failed group has its ``error``.

        Raises:
            AdvantageError: the stream failed; the results that came before it stand.
            ValueError: a group or options that cannot be sent.
        """
        timeout, header_options = split_timeout(options)
        return self._stream(header_options, timeout).results(groups)

    def submit(self, texts: Sequence[str], **options: Unpack[SubmitOptions]) -> list[bytes]:
        """Has texts embedded and kept for ``compute(..., prefetched=True)``; waits for it.

        Returns:
            [n] the SHA-256 of each text as UTF-8, 32 bytes each.

        Args:
            texts: [n] the texts of rollouts that have finished; not more than one request takes.
            options: as :meth:`embed` takes them; ``model`` is the one that will be computed with,
                and ``truncation_policy`` the one, where ``config`` has none: embeddings are found
                under those they were submitted with. ``config`` is the one that will be computed
                with: what its kernel reads of the texts is read now. With another one, only time is
                lost.

        Raises:
            AdvantageError: the call failed; a PreconditionError with reason ``CACHE_DISABLED``
                where the server keeps nothing, else as :meth:`embed`.
            ValueError: a text or a policy that cannot be sent.
        """
        timeout, travels = split_texts_timeout(options)
        return self._carry_out(_texts.submit(texts, **travels), self._deadline(timeout))

    def submit_async(
        self, texts: Sequence[str], **options: Unpack[SubmitOptions]
    ) -> Future[list[bytes]]:
        """As :meth:`submit`, at once: to be called as each rollout finishes.

        The future may be forgotten: what could not be submitted is embedded by ``compute``.
        Cancelling it cancels the call.
        """
        timeout, travels = split_texts_timeout(options)
        return _submission.start(
            _texts.submit(texts, **travels),
            self._channels,
            self._settings.retry,
            self._deadline(timeout),
        )

    def embed(
        self,
        texts: Sequence[str],
        *,
        truncation_policy: str | None = None,
        model: str | None = None,
        expected_model_fingerprint: str | None = None,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> npt.NDArray[np.float32]:
        """The embeddings [n, d] of n texts, each row of Euclidean length 1.

        Args:
            texts: [n] the texts; may be empty texts.
            truncation_policy: what happens to texts over the model's window: ``chunk_mean`` (the
                default), ``error``, ``keep_head`` or ``keep_tail``.
            model: which of the server's models embeds them, by its name in ``ServerInfo.models``.
                None: the first.
            expected_model_fingerprint: as in :meth:`compute`.
            request_id: correlates with the server's logs; None: a random one.
            timeout: seconds for the whole call; None: the client's.

        Raises:
            AdvantageError: the call failed; a PreconditionError with reason ``MODEL_NOT_FOUND``
                where the server has no such model.
            ValueError: a text or a policy that cannot be sent.
        """
        plan = _texts.embed(
            self._session,
            texts,
            truncation_policy=truncation_policy,
            model=model,
            expected_model_fingerprint=expected_model_fingerprint,
            request_id=request_id,
        )
        return self._carry_out(plan, self._deadline(timeout))

    def info(self, *, timeout: float | None = None) -> ServerInfo:
        """What the server is, takes and does by default; asked anew each time.

        Raises:
            AdvantageError: the call failed.
        """
        return self._carry_out(_plan.ask_info(self._session), self._deadline(timeout))

    def _carry_out(self, plan: _plan.Plan[_T], deadline: float) -> _T:
        settings = self._settings
        return _blocking.carry_out(
            plan, self._channels, settings.retry, deadline, settings.connections
        )
