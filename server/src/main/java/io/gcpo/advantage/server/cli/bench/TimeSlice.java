// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

/**
 * Response times of the calls due in one slice of the window.
 *
 * @param atSeconds its middle, from the beginning of the window
 * @param calls answered ones
 */
public record TimeSlice(double atSeconds, long calls, double p50Millis, double maxMillis) {}
