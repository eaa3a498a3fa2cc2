// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.EstimatorInfo;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Requests that must not be taken apart: an estimator that normalises over its request gives other
 * advantages, all of them finite, where some of the groups come in another request. Which
 * estimators do that is the server's to say.
 */
final class BatchLevel {
  private BatchLevel() {}

  /** The first such estimator that a group of the request has. */
  static Optional<Estimator> of(ComputeAdvantagesRequest request, GetServerInfoResponse info) {
    Set<Estimator> batchLevel =
        info.getEstimatorsList().stream()
            .filter(EstimatorInfo::getBatchLevel)
            .map(EstimatorInfo::getEstimator)
            .collect(Collectors.toSet());
    return request.getGroupsList().stream()
        .map(group -> estimator(group, request, info))
        .filter(batchLevel::contains)
        .findFirst();
  }

  private static Estimator estimator(
      RolloutGroup group, ComputeAdvantagesRequest request, GetServerInfoResponse info) {
    Estimator own = group.getConfig().getEstimator();
    if (own != Estimator.ESTIMATOR_UNSPECIFIED) {
      return own;
    }
    Estimator common = request.getConfig().getEstimator();
    return common == Estimator.ESTIMATOR_UNSPECIFIED
        ? info.getDefaultConfig().getEstimator()
        : common;
  }
}
