// SPDX-License-Identifier: Apache-2.0
/** Estimators, one a file, and how they declare themselves. Pure. */
@NullMarked
package io.gcpo.advantage.server.advantage.estimator;

import org.jspecify.annotations.NullMarked;
