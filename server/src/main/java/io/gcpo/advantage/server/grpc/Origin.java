// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.v1.AnswerOrigin;
import java.time.Duration;

/**
 * Where an answer comes from.
 *
 * @param model that embedded its texts
 * @param server as it is written
 * @param timeout that the call had when its work began
 */
record Origin(ModelIdentity model, AnswerOrigin server, Duration timeout) {}
