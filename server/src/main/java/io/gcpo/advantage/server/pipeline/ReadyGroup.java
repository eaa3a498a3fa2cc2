// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.pipeline.GroupSuccess.TokenCount;
import java.util.List;

/**
 * A group with everything that its estimator needs.
 *
 * @param tokens [n], of each rollout's text
 */
record ReadyGroup(GroupJob job, ScoredGroup scored, List<TokenCount> tokens) implements Prepared {}
