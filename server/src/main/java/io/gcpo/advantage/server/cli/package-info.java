// SPDX-License-Identifier: Apache-2.0
/** The command-line tool. */
@NullMarked
package io.gcpo.advantage.server.cli;

import org.jspecify.annotations.NullMarked;
