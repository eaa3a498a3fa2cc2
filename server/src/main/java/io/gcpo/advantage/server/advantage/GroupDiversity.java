// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;

/** Diversity over all rollouts of a group and over those whose reward counts and is above 0. */
public record GroupDiversity(DiversityMetrics all, DiversityMetrics correct) {}
