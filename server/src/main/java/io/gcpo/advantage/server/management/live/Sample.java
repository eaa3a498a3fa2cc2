// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.live;

import io.gcpo.advantage.server.metrics.MeterReading;

/**
 * What the meters said.
 *
 * @param nanos of the ticker, when they said it
 */
record Sample(long nanos, MeterReading meters) {}
