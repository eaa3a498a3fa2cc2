// SPDX-License-Identifier: Apache-2.0
/** Small dense linear algebra in plain double arithmetic. Pure: knows nothing of the service. */
@NullMarked
package io.gcpo.advantage.server.linalg;

import org.jspecify.annotations.NullMarked;
