// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.OptionalDouble;

/**
 * How similar the rollouts of a group are, and how that was scaled.
 *
 * @param matrix K [n, n], after the temperature
 * @param median of the similarities before the temperature, over the pairs of different rollouts
 *     that calibration looks at; absent where there is no such pair
 * @param mean of the same
 * @param temperature that was applied; absent where none was
 */
public record Similarity(
    SymmetricMatrix matrix,
    OptionalDouble median,
    OptionalDouble mean,
    OptionalDouble temperature) {}
