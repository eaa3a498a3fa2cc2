// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.live;

import io.gcpo.advantage.server.metrics.MeterReading;

/**
 * What the page shows of one moment.
 *
 * @param meters counted since the start
 * @param nanos of the ticker
 * @param sinceStart from the start of the server
 * @param lately the last {@link LiveFigures#SHORT}, or less in a young server
 * @param minutes the last {@link LiveFigures#LONG}, or less in a young server
 */
public record Moment(
    MeterReading meters, long nanos, Interval sinceStart, Interval lately, Interval minutes) {}
