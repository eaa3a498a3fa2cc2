// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.List;

/**
 * A file of groups, ready to be asked.
 *
 * @param embeddingSeconds for the correct rollouts of those groups that have two or more
 * @param leftOut pairs without a label
 */
record QualityTask(List<QualityGroup> groups, double embeddingSeconds, int leftOut) {
  QualityTask {
    groups = List.copyOf(groups);
  }
}
