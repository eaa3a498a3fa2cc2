// SPDX-License-Identifier: Apache-2.0
/** The knobs of estimators, as they declare them. Pure. */
@NullMarked
package io.gcpo.advantage.server.advantage.parameter;

import org.jspecify.annotations.NullMarked;
