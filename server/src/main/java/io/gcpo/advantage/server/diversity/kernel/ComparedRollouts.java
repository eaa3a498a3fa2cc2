// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;
import java.util.Optional;

/**
 * The n rollouts that a kernel compares, as far as they are known. Immutable.
 *
 * @param count n
 * @param embeddings [n, d]
 * @param promptEmbedding [1, d]
 * @param texts [n]
 * @param clusterLabels [n]
 * @param similarities [n, n], a checked kernel of the caller's
 */
public record ComparedRollouts(
    int count,
    Optional<FloatMatrix> embeddings,
    Optional<FloatMatrix> promptEmbedding,
    Optional<List<String>> texts,
    Optional<List<String>> clusterLabels,
    Optional<SymmetricMatrix> similarities) {}
