// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.DiversityMetrics;
import io.gcpo.advantage.v1.GroupDiversity;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.PassAtK;

/** Checks the metrics of a group. */
final class DiversityCheck {
  private DiversityCheck() {}

  static void check(String path, GroupDiversity diversity, OutputOptions output) {
    checkMetrics(path + ".all", diversity.getAll());
    checkMetrics(path + ".correct", diversity.getCorrect());
    for (int i = 0; i < diversity.getPassAtKCount(); i++) {
      checkPassAtK(path + ".pass_at_k[" + i + "]", diversity.getPassAtK(i), output);
    }
  }

  private static void checkMetrics(String path, DiversityMetrics metrics) {
    metrics
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (value instanceof Double number) {
                Expect.finite(path + "." + field.getName(), number);
              }
            });
  }

  private static void checkPassAtK(String path, PassAtK entry, OutputOptions output) {
    if (!output.getPassAtKList().contains(entry.getK())) {
      throw new InvalidAnswerException(
          path + ".k", entry.getK(), "one of " + output.getPassAtKList());
    }
    if (!(entry.getValue() >= 0 && entry.getValue() <= 1)) {
      throw new InvalidAnswerException(path + ".value", entry.getValue(), "in [0, 1]");
    }
  }
}
