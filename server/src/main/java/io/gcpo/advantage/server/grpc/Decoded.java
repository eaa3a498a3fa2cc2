// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.grpc.admission.SizedMessage;
import io.gcpo.advantage.server.pipeline.Violation;
import java.util.List;

/**
 * A request message as it came off the wire, and what was wrong with its bytes.
 *
 * @param message with U+FFFD in place of bytes that are not UTF-8; empty if the bytes are no
 *     message at all, which {@code violations} then says for the field path ""
 * @param violations empty for a sound message
 * @param wireBytes that came
 */
record Decoded<M>(M message, List<Violation> violations, int wireBytes) implements SizedMessage {
  Decoded {
    violations = ImmutableList.copyOf(violations);
  }
}
