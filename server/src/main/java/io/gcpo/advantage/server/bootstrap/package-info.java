// SPDX-License-Identifier: Apache-2.0
/** Starts the object graph and stops it in reverse order. */
@NullMarked
package io.gcpo.advantage.server.bootstrap;

import org.jspecify.annotations.NullMarked;
