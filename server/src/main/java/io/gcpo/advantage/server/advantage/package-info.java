// SPDX-License-Identifier: Apache-2.0
/**
 * Estimators that turn a group's rewards into advantages, and how they declare themselves. Pure.
 */
@NullMarked
package io.gcpo.advantage.server.advantage;

import org.jspecify.annotations.NullMarked;
