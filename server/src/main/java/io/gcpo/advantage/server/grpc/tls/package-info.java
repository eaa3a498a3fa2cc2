// SPDX-License-Identifier: Apache-2.0
/** Who the port is, and which certificates it takes: TLS and its files. */
@NullMarked
package io.gcpo.advantage.server.grpc.tls;

import org.jspecify.annotations.NullMarked;
