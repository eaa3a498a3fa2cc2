// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;
import io.gcpo.advantage.v1.GroupDiversity;
import io.gcpo.advantage.v1.PassAtK;

/** Turns what was measured of a group into its message; what was not is left out. */
final class DiversityWriter {
  private DiversityWriter() {}

  static GroupDiversity write(io.gcpo.advantage.server.advantage.GroupDiversity diversity) {
    GroupDiversity.Builder message =
        GroupDiversity.newBuilder()
            .setAll(write(diversity.all()))
            .setCorrect(write(diversity.correct()));
    diversity
        .passAtK()
        .forEach(
            pass -> message.addPassAtK(PassAtK.newBuilder().setK(pass.k()).setValue(pass.value())));
    return message.build();
  }

  private static io.gcpo.advantage.v1.DiversityMetrics write(DiversityMetrics metrics) {
    io.gcpo.advantage.v1.DiversityMetrics.Builder message =
        io.gcpo.advantage.v1.DiversityMetrics.newBuilder().setCount(metrics.count());
    metrics
        .vendiScores()
        .ifPresent(
            vendi ->
                message
                    .setVendiScoreOrderHalf(vendi.orderHalf())
                    .setVendiScore(vendi.orderOne())
                    .setVendiScoreOrderTwo(vendi.orderTwo())
                    .setVendiScoreOrderInfinity(vendi.orderInfinity()));
    metrics
        .pairwiseDistances()
        .ifPresent(
            distances ->
                message
                    .setMeanPairwiseDistance(distances.mean())
                    .setMinPairwiseDistance(distances.min())
                    .setMaxPairwiseDistance(distances.max()));
    metrics.logDetVolume().ifPresent(message::setLogDetVolume);
    metrics.effectiveCount().ifPresent(message::setEffectiveCount);
    metrics.effectiveRank().ifPresent(message::setEffectiveRank);
    metrics.distinct().ifPresent(message::setDistinct);
    metrics
        .clusters()
        .ifPresent(
            clusters ->
                message.setClusters(clusters.count()).setClusterEntropy(clusters.entropy()));
    metrics
        .distinctNGrams()
        .ifPresent(
            distinct ->
                message
                    .setDistinct1(distinct.unigrams())
                    .setDistinct2(distinct.bigrams())
                    .setDistinct3(distinct.trigrams()));
    metrics.selfBleu().ifPresent(message::setSelfBleu);
    metrics.uniqueTextRatio().ifPresent(message::setUniqueTextRatio);
    return message.build();
  }
}
