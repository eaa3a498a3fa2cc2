// SPDX-License-Identifier: Apache-2.0
/** The management port: a page for people, metrics, liveness, readiness. */
@NullMarked
package io.gcpo.advantage.server.management;

import org.jspecify.annotations.NullMarked;
