// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.diversity.kernel.TextFeatures;
import io.gcpo.advantage.server.embedding.TextTask;
import java.util.List;
import java.util.Set;

/**
 * Texts that are sent ahead of their rewards.
 *
 * @param texts to be embedded and kept
 * @param features what the kernel that they will be computed with reads of them
 */
public record Submission(List<TextTask> texts, Set<TextFeatures> features) {
  public Submission {
    texts = ImmutableList.copyOf(texts);
    features = ImmutableSet.copyOf(features);
  }
}
