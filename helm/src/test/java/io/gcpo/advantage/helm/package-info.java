// SPDX-License-Identifier: Apache-2.0
/** Renders the chart with Helm and checks what a cluster would get. */
@NullMarked
package io.gcpo.advantage.helm;

import org.jspecify.annotations.NullMarked;
