// SPDX-License-Identifier: Apache-2.0
/** What the driver of NVIDIA GPUs says of them. */
@NullMarked
package io.gcpo.advantage.server.metrics.gpu;

import org.jspecify.annotations.NullMarked;
