// SPDX-License-Identifier: Apache-2.0
/**
 * The load driver: when calls are due, what they carry, what became of them, and how that is shown.
 * Knows nothing of the command line.
 */
@NullMarked
package io.gcpo.advantage.server.cli.bench;

import org.jspecify.annotations.NullMarked;
