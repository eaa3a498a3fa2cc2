// SPDX-License-Identifier: Apache-2.0
/** What each client may ask for: one that asks for more is told when to come back. */
@NullMarked
package io.gcpo.advantage.server.grpc.quota;

import org.jspecify.annotations.NullMarked;
