// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import java.time.Duration;

/**
 * What one connection may do, and for how long: an attacker's frames cost little to send, so what
 * they may cost here is bounded. gRPC bounds none of it unless told to.
 *
 * @param maxCalls open at one time, 1 to 10,000; more wait in the client
 * @param maxMetadataBytes of a call's headers, 1 KiB to 64 KiB
 * @param maxResets calls that either side may reset in {@link #RESET_WINDOW}, 10 to 100,000; the
 *     next one closes the connection (rapid reset, CVE-2023-44487 and CVE-2025-55163)
 * @param flowControlWindow bytes of a call, 65,535 to 16 Mi, that a client may send ahead of what
 *     is asked for: so much of a call that waits stays in memory
 * @param handshakeTimeout from the TCP connection to the first HTTP/2 frame
 * @param maxIdle without a call, before it is closed
 * @param maxAge before it is closed in an orderly way, give or take a tenth, so that clients spread
 *     over new servers
 * @param maxAgeGrace that calls then have to end; what is left after it is cut off
 * @param pingInterval after which a silent peer is asked whether it is there
 * @param pingTimeout that it has to answer
 * @param minClientPingInterval what clients must leave between their pings; the third that comes
 *     sooner closes the connection
 */
public record ConnectionConfig(
    int maxCalls,
    int maxMetadataBytes,
    int maxResets,
    int flowControlWindow,
    Duration handshakeTimeout,
    Duration maxIdle,
    Duration maxAge,
    Duration maxAgeGrace,
    Duration pingInterval,
    Duration pingTimeout,
    Duration minClientPingInterval) {
  /** How long resets are counted for. */
  public static final Duration RESET_WINDOW = Duration.ofSeconds(30);

  /** What holds where nothing is set. */
  public static final ConnectionConfig DEFAULTS =
      new ConnectionConfig(
          128,
          8_192,
          500,
          512 * 1024,
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofSeconds(150),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30));

  public ConnectionConfig {
    ConfigProblems problems =
        new ConfigProblems()
            .require(
                maxCalls >= 1 && maxCalls <= 10_000,
                "grpc.connection.max-calls: %d (expected: 1 to 10000)",
                maxCalls)
            .require(
                maxMetadataBytes >= 1_024 && maxMetadataBytes <= 65_536,
                "grpc.connection.max-metadata-bytes: %d (expected: 1024 to 65536)",
                maxMetadataBytes)
            .require(
                maxResets >= 10 && maxResets <= 100_000,
                "grpc.connection.max-resets: %d (expected: 10 to 100000)",
                maxResets)
            .require(
                flowControlWindow >= 65_535 && flowControlWindow <= 1 << 24,
                "grpc.connection.flow-control-window: %d (expected: 65535 to 16777216)",
                flowControlWindow);
    requireTime(problems, "handshake-timeout", handshakeTimeout);
    requireTime(problems, "max-idle", maxIdle);
    requireTime(problems, "max-age", maxAge);
    requireTime(problems, "max-age-grace", maxAgeGrace);
    requireTime(problems, "ping-interval", pingInterval);
    requireTime(problems, "ping-timeout", pingTimeout);
    requireTime(problems, "min-client-ping-interval", minClientPingInterval);
    problems.throwIfAny();
  }

  /** Keys {@code grpc.connection.*}. */
  public static ConnectionConfig read(ConfigReader reader) {
    return new ConnectionConfig(
        reader.integer("grpc.connection.max-calls", DEFAULTS.maxCalls),
        reader.integer("grpc.connection.max-metadata-bytes", DEFAULTS.maxMetadataBytes),
        reader.integer("grpc.connection.max-resets", DEFAULTS.maxResets),
        reader.integer("grpc.connection.flow-control-window", DEFAULTS.flowControlWindow),
        reader.duration("grpc.connection.handshake-timeout", DEFAULTS.handshakeTimeout),
        reader.duration("grpc.connection.max-idle", DEFAULTS.maxIdle),
        reader.duration("grpc.connection.max-age", DEFAULTS.maxAge),
        reader.duration("grpc.connection.max-age-grace", DEFAULTS.maxAgeGrace),
        reader.duration("grpc.connection.ping-interval", DEFAULTS.pingInterval),
        reader.duration("grpc.connection.ping-timeout", DEFAULTS.pingTimeout),
        reader.duration(
            "grpc.connection.min-client-ping-interval", DEFAULTS.minClientPingInterval));
  }

  private static void requireTime(ConfigProblems problems, String key, Duration time) {
    problems.require(
        time.compareTo(Duration.ofMillis(100)) >= 0 && time.compareTo(Duration.ofDays(365)) <= 0,
        "grpc.connection.%s: %s (expected: 100ms to 8760h)",
        key,
        time);
  }
}
