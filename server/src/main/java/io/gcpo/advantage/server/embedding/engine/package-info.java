// SPDX-License-Identifier: Apache-2.0
/** Which engine runs the model, and where. */
@NullMarked
package io.gcpo.advantage.server.embedding.engine;

import org.jspecify.annotations.NullMarked;
