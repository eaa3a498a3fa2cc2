# SPDX-License-Identifier: Apache-2.0
"""Writes peers.json: exact advantages of random groups, straight from the definitions.

Usage: python generate.py > peers.json
"""

import numpy as np

import check
import cooperative
import embedding_estimators
import passk_estimators
import reward_estimators
from batch_estimators import gdpo, gpg, reinforce_plus_plus
from cases import GROUPS, SEED, Cases, draw_clear, write
from draws import (
    WEIGHTS,
    binary_group,
    clear_embedding_group,
    component_group,
    embedding_group,
    greedy_group,
    reward_group,
    score_group,
    token_group,
)
from embedding_estimators import cosine_kernel
from exact import TIE_EMBEDDINGS, TIE_REWARDS, exact, is_tie, mpf, to_floats, z_scores
from groups import rewards, size, tokens


def add_reward_estimators(cases):
    for profile in reward_estimators.PROFILES:
        cases.per_group(
            "GRPO",
            {"profile": profile},
            reward_group,
            lambda g, p=profile: reward_estimators.grpo(exact(g["rewards"]), p),
        )
    for name in ["DR_GRPO", "RLOO"]:
        function = getattr(reward_estimators, name.lower())
        cases.per_group(name, {}, reward_group, lambda g, f=function: f(exact(g["rewards"])))
    cases.per_group(
        "OPO",
        {},
        token_group,
        lambda g: reward_estimators.opo(exact(g["rewards"]), g["generated_tokens"]),
    )
    for epsilon in [0.0, 1e-6]:
        cases.per_group(
            "MAXRL",
            {"epsilon": epsilon},
            reward_group,
            lambda g, e=epsilon: reward_estimators.maxrl(exact(g["rewards"]), e),
        )
    cases.per_group(
        "REMAX",
        {},
        greedy_group,
        lambda g: reward_estimators.remax(exact(g["rewards"]), mpf(g["greedy_reward"])),
    )


def add_passk_estimators(cases):
    cases.per_group(
        "GRPO_PASSK",
        {},
        reward_group,
        lambda g: passk_estimators.grpo_passk(exact(g["rewards"])),
    )
    for k in [1, 2, 4, 8]:
        cases.per_group(
            "PASS_AT_K_TRAINING",
            {"k": k},
            binary_group,
            lambda g, k=k: passk_estimators.pass_at_k_training(exact(g["rewards"]), k),
        )
    for variant in ["PLAIN", "LEAVE_ONE_OUT_MINUS_ONE"]:
        for k in [1, 2, 4]:
            for normalization in ["RAW", "CENTERED"]:
                config = {"k": k, "pkpo_variant": variant, "normalization": normalization}
                add_pkpo(cases, config)


def add_pkpo(cases, config):
    def compute(group):
        return passk_estimators.pkpo(exact(group["rewards"]), *config.values())

    random = cases.generator()
    drawn = [draw_clear(lambda i=i: reward_group(random, i), compute) for i in range(GROUPS)]
    add_apart(cases, "PKPO", config, drawn, TIE_REWARDS)


def add_apart(cases, estimator, config, drawn, tolerance):
    """RAW answers that tie go to a case of their own: the tie rule is not for RAW."""

    def tied(answer):
        raw = config["normalization"] == "RAW"
        return raw and any(answer[1]) and is_tie(answer[1], tolerance)

    add_in_two(cases, estimator, config, drawn, tied, "RAW serves tied scores as they are")


def add_in_two(cases, estimator, config, drawn, apart, note):
    """The drawn (group, advantages) as two cases, those that are apart with a note."""
    for text in [None, note]:
        chosen = [d for d in drawn if apart(d) == (text is not None)]
        cases.add(estimator, config, [g for g, _ in chosen], [a for _, a in chosen], text)


def add_batch_estimators(cases):
    cases.per_batch(
        "GPG", {}, reward_group, lambda groups: gpg([exact(g["rewards"]) for g in groups])
    )
    for estimator in ["REINFORCE_PLUS_PLUS", "REINFORCE_PLUS_PLUS_BASELINE"]:
        for weighting in ["TOKENS", "ROLLOUTS"]:
            for whitening in ["VERL", "OPENRLHF"]:
                config = {"weighting": weighting, "whitening": whitening}
                add_whitened(cases, estimator, config)
    cases.per_batch(
        "GDPO",
        {"component_weights": WEIGHTS},
        component_group,
        lambda groups: gdpo([exact_components(g) for g in groups], WEIGHTS),
    )


def exact_components(group):
    return [{name: mpf(v) for name, v in row.items()} for row in group["reward_components"]]


def add_whitened(cases, estimator, config):
    def compute(groups):
        return reinforce_plus_plus(
            [exact(g["rewards"]) for g in groups],
            [g["generated_tokens"] for g in groups],
            **config,
            baseline=estimator.endswith("BASELINE"),
        )

    cases.per_batch(estimator, config, token_group, compute)
    one = {"rewards": [0.7], "generated_tokens": [1]}
    equal = {"rewards": [0.1, 0.1, 0.1], "generated_tokens": [3, 1, 7]}
    for groups in [[one], [equal], [equal, equal]]:
        cases.add(estimator, config, groups, compute(groups))


def add_embedding_estimators(cases):
    for estimator in ["UNIQUENESS_AWARE", "CUE_GRPO"]:
        for threshold, exponent in [(0.9, 0.0), (0.9, 0.8), (0.5, 1.0)]:
            config = {"cluster_threshold": threshold, "cluster_exponent": exponent}
            add_similar(cases, estimator, config, clear_embedding_group)
    for threshold in [0.5, 0.9]:
        add_similar(cases, "DARLING", {"cluster_threshold": threshold}, embedding_group)
    add_similar(cases, "DRA_GRPO", {}, embedding_group)
    for weight in [0.7, 0.3]:
        add_similar(cases, "MMR_GRPO", {"mmr_lambda": weight}, embedding_group)


def add_similar(cases, estimator, config, draw):
    function = getattr(embedding_estimators, estimator.lower())

    def compute(group):
        kernel = cosine_kernel(group["embeddings"])
        return function(exact(group["rewards"]), kernel, *config.values())

    cases.per_group(estimator, config, draw, compute)


def add_normalizations(cases):
    for normalization in ["CENTERED", "STD", "LEAVE_ONE_OUT", "RAW", "SIGN_SAFE"]:
        add_normalization(cases, {"normalization": normalization})
    for weight in [0.0, 0.3, 1.0]:
        add_normalization(cases, {"normalization": "MIX", "mix_lambda": weight})


def add_normalization(cases, config):
    def compute(group):
        scores, earned = exact(group["scores"]), exact(group["rewards"])
        is_tie(scores, TIE_EMBEDDINGS)
        is_tie(earned, TIE_REWARDS)
        return cooperative.normalise(scores, earned, *config.values())

    random = cases.generator()
    drawn = [draw_clear(lambda i=i: score_group(random, i), compute) for i in range(GROUPS)]
    if config["normalization"] == "SIGN_SAFE":
        add_sign_safe(cases, config, drawn)
    else:
        add_apart(cases, "NORMALIZATION", config, drawn, TIE_EMBEDDINGS)


def add_sign_safe(cases, config, drawn):
    """Groups of tied scores but untied rewards go to a case of their own: they keep GRPO."""

    def apart(answer):
        return any(answer[1]) and is_tie(exact(answer[0]["scores"]), TIE_EMBEDDINGS)

    note = "tied scores keep the GRPO advantages"
    add_in_two(cases, "NORMALIZATION", config, drawn, apart, note)


def add_gold(cases):
    """Half the groups are all wrong. golden_advantage repeats the last advantage if replaced."""
    random, groups, advantages = cases.generator(), [], []
    for index in range(GROUPS):
        kind = ["zeros", "binary", "negative", "unit", "eighths", "ones"][index % 6]
        drawn = exact(rewards(random, size(index), kind))
        changed, replaced = cooperative.gold(drawn, 0, 1)
        answer = z_scores(changed, "1e-6")
        group = {"rewards": [float(r) for r in drawn], "replaced_index": replaced}
        group["golden_advantage"] = None if replaced is None else to_floats(answer)[replaced]
        groups.append(group)
        advantages.append(answer)
    config = {"golden_threshold": 0.0, "golden_reward": 1.0, "replacement": "LAST"}
    cases.add("GCPO_GOLD", config, groups, advantages)


def importance():
    """Ratios and clip flags of single rollouts; not an estimator, so not among the cases."""
    random, rollouts = np.random.default_rng([SEED, 10_000]), []
    while len(rollouts) < 40:
        length = int(tokens(random, 1)[0])
        old = -float(length * random.random())
        step = [1e-4, 1e-3, 0.1, 30.0][len(rollouts) % 4] * random.standard_normal()
        advantage = float(random.standard_normal()) if len(rollouts) % 5 else 0.0
        log_prob = old + float(length * step)
        ratio = cooperative.importance_ratio(log_prob, old, length)
        rollouts.append({
            "log_prob": log_prob,
            "old_log_prob": old,
            "generated_tokens": length,
            "advantage": advantage,
            "ratio": float(ratio),
            "clipped": cooperative.is_clipped(ratio, advantage, 3e-4, 4e-4),
        })  # fmt: skip
    return {"config": {"clip_low": 3e-4, "clip_high": 4e-4}, "rollouts": rollouts}


def main():
    check.worked_vectors()
    cases = Cases()
    add_reward_estimators(cases)
    add_passk_estimators(cases)
    add_batch_estimators(cases)
    add_embedding_estimators(cases)
    add_normalizations(cases)
    add_gold(cases)
    write(cases.cases, importance())


if __name__ == "__main__":
    main()
