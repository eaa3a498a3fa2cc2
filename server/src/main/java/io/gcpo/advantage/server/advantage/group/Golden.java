// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.group;

/**
 * A golden answer in a rollout's place.
 *
 * @param place the rollout's position in the group, 0-based
 * @param score the golden answer's reward and likelihood
 */
public record Golden(int place, RolloutScore score) {}
