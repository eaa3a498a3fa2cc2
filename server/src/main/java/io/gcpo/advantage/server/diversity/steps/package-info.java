// SPDX-License-Identifier: Apache-2.0
/** The steps of a solution, read from its text. Pure, linear in the text. */
@NullMarked
package io.gcpo.advantage.server.diversity.steps;

import org.jspecify.annotations.NullMarked;
