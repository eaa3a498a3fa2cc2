// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import static io.gcpo.advantage.server.faults.failpoints.Action.DELAY;
import static io.gcpo.advantage.server.faults.failpoints.Action.ERROR;
import static io.gcpo.advantage.server.faults.failpoints.Action.EXCEPTION;
import static io.gcpo.advantage.server.faults.failpoints.Action.HANG;
import static io.gcpo.advantage.server.faults.failpoints.Action.NOT_FINITE;
import static io.gcpo.advantage.server.faults.failpoints.Action.OUT_OF_MEMORY;
import static io.gcpo.advantage.server.faults.failpoints.Action.WRONG;

import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.util.Arrays;
import java.util.List;

/** An encoder that fails, or whose states are now and then not finite, others, or not to be had. */
record FaultyEncoder(Encoder encoder, Failpoints points) implements Encoder {
  static final Fault WRONG_STATES = new Fault("encoder.states", WRONG);
  private static final Fault STATES_NOT_FINITE = new Fault("encoder.states.finite", NOT_FINITE);

  @Override
  public TokenStates encode(WindowBatch batch) {
    points.at("encoder.encode.before", List.of(EXCEPTION, ERROR, OUT_OF_MEMORY, DELAY, HANG));
    TokenStates states = encoder.encode(batch);
    points.at("encoder.encode.after", List.of(EXCEPTION, DELAY));
    if (points.takes(STATES_NOT_FINITE)) {
      return (window, token, target) -> Arrays.fill(target, Float.NaN);
    }
    if (points.takes(WRONG_STATES)) {
      return (window, token, target) -> Arrays.fill(target, window + 1);
    }
    return (window, token, target) -> {
      points.at("encoder.states.copyTo", List.of(EXCEPTION));
      states.copyTo(window, token, target);
    };
  }

  @Override
  public void close() {
    encoder.close();
  }
}
