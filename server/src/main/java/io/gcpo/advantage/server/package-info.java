// SPDX-License-Identifier: Apache-2.0
/** The advantage service: its main class and the list of its modules. */
@NullMarked
package io.gcpo.advantage.server;

import org.jspecify.annotations.NullMarked;
