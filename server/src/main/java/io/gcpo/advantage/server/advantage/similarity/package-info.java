// SPDX-License-Identifier: Apache-2.0
/** Which kernel a request chooses, and at which temperature. Pure. */
@NullMarked
package io.gcpo.advantage.server.advantage.similarity;

import org.jspecify.annotations.NullMarked;
