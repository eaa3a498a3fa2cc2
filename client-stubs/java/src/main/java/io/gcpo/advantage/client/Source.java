// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.AnswerOrigin;
import io.gcpo.advantage.v1.ModelIdentity;
import java.util.List;

/** What worked an answer out. Two versions, or two engines, need not agree to the last digit. */
record Source(String fingerprint, AnswerOrigin origin) {
  static Source of(ModelIdentity model, AnswerOrigin origin) {
    return new Source(model.getFingerprint(), origin);
  }

  /**
   * Parts may have reached different servers; their answers are not to be mixed.
   *
   * @throws InvalidAnswerException with two of them
   */
  static void requireOne(List<Source> sources) {
    sources.forEach(source -> requireSame(source, sources.get(0)));
  }

  private static void requireSame(Source source, Source first) {
    Expect.equal("model.fingerprint", source.fingerprint, first.fingerprint);
    Expect.equal("origin", described(source.origin), described(first.origin));
  }

  private static String described(AnswerOrigin origin) {
    return "%s %s, %s %s on %s"
        .formatted(
            origin.getServerVersion(),
            origin.getServerCommit(),
            origin.getEngine(),
            origin.getEngineVersion(),
            origin.getDevice());
  }
}
