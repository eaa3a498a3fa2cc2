// SPDX-License-Identifier: Apache-2.0
/**
 * How different the rollouts of a set are from each other: by their similarity kernel, by their
 * texts, by their rewards. Pure. A metric is one file, one {@code DiversityMetric}, one line in
 * {@code DiversityMeter} and one component of {@code DiversityMetrics}.
 */
@NullMarked
package io.gcpo.advantage.server.diversity.metrics;

import org.jspecify.annotations.NullMarked;
