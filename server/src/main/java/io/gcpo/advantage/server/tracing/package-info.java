// SPDX-License-Identifier: Apache-2.0
/** Spans of calls and of their stages, and how they leave: the only user of OpenTelemetry. */
@NullMarked
package io.gcpo.advantage.server.tracing;

import org.jspecify.annotations.NullMarked;
