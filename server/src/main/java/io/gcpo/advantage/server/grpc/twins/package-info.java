// SPDX-License-Identifier: Apache-2.0
/** Calls that come twice while the first is worked on: the work is done once. */
@NullMarked
package io.gcpo.advantage.server.grpc.twins;

import org.jspecify.annotations.NullMarked;
