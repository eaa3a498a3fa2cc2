// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;

/** The groups whose values were worked out by two independent programs. */
public final class WorkedExamples {
  /** Three correct rollouts, two of them identical, and a wrong one. */
  public static final SampleGroup A =
      group(
          Vector.of(1, 1, 1, 0),
          new float[] {1, 0, 0},
          new float[] {1, 0, 0},
          new float[] {0, 1, 0},
          new float[] {0, 0, 1});

  /** Four correct rollouts in three dimensions. */
  public static final SampleGroup B =
      group(
          Vector.of(1, 1, 1, 1),
          new float[] {10, 0, 0},
          new float[] {8, 6, 0},
          new float[] {0, 6, 8},
          new float[] {6, 0, 8});

  /** Graded rewards, embeddings of different lengths. */
  public static final SampleGroup C =
      group(
          Vector.of(1, .5, .25, 0),
          new float[] {3, 4, 0},
          new float[] {1, 2, 2},
          new float[] {2, -1, 2},
          new float[] {0, 0, 5});

  private WorkedExamples() {}

  private static SampleGroup group(Vector rewards, float[]... rows) {
    return new SampleGroup("worked example", rewards, FloatMatrix.ofRows(List.of(rows)));
  }
}
