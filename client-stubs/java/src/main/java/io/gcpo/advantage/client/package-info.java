// SPDX-License-Identifier: Apache-2.0
/**
 * A thin client of the advantage service: deadlines, retries that hold for large requests, checked
 * answers.
 */
@NullMarked
package io.gcpo.advantage.client;

import org.jspecify.annotations.NullMarked;
