// SPDX-License-Identifier: Apache-2.0
/** The equations, results and numbers of a worked solution. Pure, linear in the text. */
@NullMarked
package io.gcpo.advantage.server.diversity.steps.math;

import org.jspecify.annotations.NullMarked;
