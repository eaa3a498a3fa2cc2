// SPDX-License-Identifier: Apache-2.0
/**
 * The steps of a program: runs of tokens that renaming, formatting and comments leave alone. A
 * lexer for Python-like and for brace languages, no parser. Pure, linear in the text.
 */
@NullMarked
package io.gcpo.advantage.server.diversity.steps.code;

import org.jspecify.annotations.NullMarked;
