// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.importance;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import java.util.List;

/** The clip range of importance ratios; the defaults are GSPO's (arXiv 2507.18071). */
public final class ImportanceParameters {
  static final Parameter.Real CLIP_LOW =
      new Parameter.Real(
          "clip_low",
          "A ratio below 1 - clip_low is clipped where the advantage is negative.",
          3e-4,
          0,
          false,
          1);

  static final Parameter.Real CLIP_HIGH =
      new Parameter.Real(
          "clip_high",
          "A ratio above 1 + clip_high is clipped where the advantage is positive.",
          4e-4,
          0,
          false,
          1000);

  /** Up to 700 the exponential is finite. */
  static final Parameter.Real MAX_LOG_RATIO =
      new Parameter.Real(
          "max_log_ratio",
          "The ratio's logarithm is held within plus or minus this.",
          10.0,
          0,
          true,
          700);

  private ImportanceParameters() {}

  /** All of them. */
  public static List<Parameter<?>> all() {
    return List.of(CLIP_LOW, CLIP_HIGH, MAX_LOG_RATIO);
  }
}
