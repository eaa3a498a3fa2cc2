// SPDX-License-Identifier: Apache-2.0
/** Texts that were submitted, and what kernels read of them. */
@NullMarked
package io.gcpo.advantage.server.pipeline.text;

import org.jspecify.annotations.NullMarked;
