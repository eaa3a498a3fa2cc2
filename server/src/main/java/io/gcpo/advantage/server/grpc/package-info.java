// SPDX-License-Identifier: Apache-2.0
/** The wire: requests to domain values, domain values to answers, failures to statuses. */
@NullMarked
package io.gcpo.advantage.server.grpc;

import org.jspecify.annotations.NullMarked;
