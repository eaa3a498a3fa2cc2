// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.diversity.kernel.CheckedSimilarities;
import io.gcpo.advantage.server.diversity.kernel.PrecomputedCheck;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Optional;

/**
 * Reads the similarities that a caller gives, [n, n] as little-endian float64. Whether they are a
 * kernel takes O(n^3) to see, too long for a thread of the wire: the pipeline looks.
 */
final class SimilarityMatrixParser {
  private final String path;
  private final Violations violations;

  /** For the matrix at {@code path}. */
  SimilarityMatrixParser(String path, Violations violations) {
    this.path = path;
    this.violations = violations;
  }

  /** The matrix of {@code rows} rows; empty if an entry is wrong. */
  Optional<SymmetricMatrix> parse(ByteString bytes, int rows) {
    int expected = rows * rows * Double.BYTES;
    if (bytes.size() != expected) {
      violations.invalid(
          path,
          "%d bytes (expected: %d, [%d, %d] float64)"
              .formatted(bytes.size(), expected, rows, rows));
      return Optional.empty();
    }
    CheckedSimilarities checked = PrecomputedCheck.ofEntries(rows, MatrixBytes.values(bytes));
    if (checked instanceof CheckedSimilarities.Accepted accepted) {
      return Optional.of(accepted.matrix());
    }
    CheckedSimilarities.Rejected rejected = (CheckedSimilarities.Rejected) checked;
    rejected.problems().forEach(this::add);
    if (rejected.more() > 0) {
      violations.invalid(path, "%d more values like these".formatted(rejected.more()));
    }
    return Optional.empty();
  }

  /** What is wrong with an entry starts with its place. */
  private void add(String problem) {
    int end = problem.startsWith("[") ? problem.indexOf(": ") : -1;
    if (end > 0) {
      violations.invalid(path + problem.substring(0, end), problem.substring(end + 2));
    } else {
      violations.invalid(path, problem);
    }
  }
}
