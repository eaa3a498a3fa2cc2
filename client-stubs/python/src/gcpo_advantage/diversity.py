# SPDX-License-Identifier: Apache-2.0
"""How different the rollouts of a group are from each other."""

from __future__ import annotations

from dataclasses import dataclass, fields

from gcpo_advantage._fields import optional_fields
from gcpo_advantage._generated.gcpo.advantage.v1 import result_pb2


@dataclass(frozen=True)
class DiversityMetrics:
    """Of a set of n rollouts with similarities K [n, n]; all 0 where n is 0.

    None: not asked for, see ``metrics=`` of :meth:`gcpo_advantage.AdvantageClient.compute`, or,
    where nothing was named there, not to be had of this group, which has no texts or embeddings.

    Attributes:
        count: n.
        vendi_score: exp of the Shannon entropy of the eigenvalues of K / n (arXiv 2210.02410), in
            [1, n]. Metric ``vendi_score``, like its other orders.
        vendi_score_order_half: of order 0.5, which minds rare rollouts more, in [1, n].
        vendi_score_order_two: of order 2, n^2 / sum K_ij^2, in [1, n].
        vendi_score_order_infinity: 1 / the largest eigenvalue of K / n, in [1, n].
        mean_pairwise_distance: mean of 1 - K_ij over i != j, in [0, 2]; 0 for n = 1. Metric
            ``pairwise_distance``, like min and max.
        min_pairwise_distance: the smallest, in [0, 2].
        max_pairwise_distance: the largest, in [0, 2].
        log_det_volume: log det(I + K), in [log(1 + n), n log 2].
        effective_count: log det(I + K) / log 2, how many mutually orthogonal rollouts cover as
            much, in [log2(1 + n), n].
        effective_rank: exp of the Shannon entropy of the singular values' shares, in [1, n].
        distinct: rollouts left when those of K_ij >= 1 - 1e-6 are taken for one, in [1, n].
        clusters: how many there are when K_ij >= ``cluster_threshold`` links i and j, in [1, n].
            Metric ``clusters``, like their entropy.
        cluster_entropy: Shannon entropy of the clusters' shares, in nats, in [0, log n].
        distinct_1: different words over words, of all texts, in [0, 1]. Metric ``distinct_n``, like
            2 and 3.
        distinct_2: different pairs of neighbouring words over pairs, in [0, 1].
        distinct_3: different triples of neighbouring words over triples, in [0, 1].
        self_bleu: mean BLEU-4 of each text against the others, in [0, 1]; lower is more diverse.
        unique_text_ratio: different texts over texts, in [0, 1].
    """

    count: int
    vendi_score: float | None
    vendi_score_order_half: float | None
    vendi_score_order_two: float | None
    vendi_score_order_infinity: float | None
    mean_pairwise_distance: float | None
    min_pairwise_distance: float | None
    max_pairwise_distance: float | None
    log_det_volume: float | None
    effective_count: float | None
    effective_rank: float | None
    distinct: int | None
    clusters: int | None
    cluster_entropy: float | None
    distinct_1: float | None
    distinct_2: float | None
    distinct_3: float | None
    self_bleu: float | None
    unique_text_ratio: float | None

    @classmethod
    def from_message(cls, message: result_pb2.DiversityMetrics) -> DiversityMetrics:
        """Reads the message, whose fields have the same names."""
        names = [field.name for field in fields(cls) if field.name != "count"]
        return cls(count=message.count, **optional_fields(message, names))


@dataclass(frozen=True)
class GroupDiversity:
    """How different a group's rollouts are, its golden answer aside.

    Attributes:
        all: over all rollouts.
        correct: over the correct ones: the diversity that is worth something.
        pass_at_k: from each k that was asked for to the unbiased probability (arXiv 2107.03374), in
            [0, 1], that one of k rollouts, drawn without replacement from those whose reward
            counts, is correct; without a k above their number.
    """

    all: DiversityMetrics
    correct: DiversityMetrics
    pass_at_k: dict[int, float]

    @classmethod
    def from_message(cls, message: result_pb2.GroupDiversity) -> GroupDiversity:
        """Reads the message."""
        return cls(
            DiversityMetrics.from_message(message.all),
            DiversityMetrics.from_message(message.correct),
            {entry.k: entry.value for entry in message.pass_at_k},
        )
