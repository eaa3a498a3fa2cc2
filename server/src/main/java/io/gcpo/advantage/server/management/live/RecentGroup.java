// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.live;

import io.gcpo.advantage.server.advantage.GroupSignal;
import io.gcpo.advantage.server.advantage.RewardStatistics;
import java.util.OptionalDouble;

/**
 * Numbers of a group that got its advantages; nothing that its caller wrote.
 *
 * @param nanos of the ticker, when it was done
 * @param estimator as the wire calls it, without its prefix
 * @param size rollouts
 * @param vendiScore of all rollouts; absent where it was not asked for
 * @param meanDistance of all pairs of rollouts; absent where it was not asked for
 */
public record RecentGroup(
    long nanos,
    String estimator,
    int size,
    GroupSignal signal,
    RewardStatistics rewards,
    OptionalDouble vendiScore,
    OptionalDouble meanDistance) {}
