// SPDX-License-Identifier: Apache-2.0
/** Which calls may send their body, and when: memory is given out before it is needed. */
@NullMarked
package io.gcpo.advantage.server.grpc.admission;

import org.jspecify.annotations.NullMarked;
