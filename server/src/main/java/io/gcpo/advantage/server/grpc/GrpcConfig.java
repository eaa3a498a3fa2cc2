// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import java.time.Duration;

/**
 * How the server listens and stops.
 *
 * @param host the address to bind; loopback unless set; what else it takes is for {@link
 *     SecurityConfig}
 * @param port 1 to 65535, or 0 for any free one
 * @param threads that read requests, 1 to 256
 * @param reflection whether grpc.reflection is served
 * @param drainDelay how long a stopping server, NOT_SERVING already, still takes calls, so that
 *     balancers can notice
 * @param drainTimeout how long calls in flight may then take
 */
public record GrpcConfig(
    String host,
    int port,
    int threads,
    boolean reflection,
    Duration drainDelay,
    Duration drainTimeout) {

  /** What holds where nothing is set. */
  public static final GrpcConfig DEFAULTS =
      new GrpcConfig("127.0.0.1", 50_051, 4, false, Duration.ZERO, Duration.ofSeconds(30));

  public GrpcConfig {
    new ConfigProblems()
        .require(!host.isBlank(), "grpc.host: \"%s\" (expected: an address)", host)
        .require(port >= 0 && port <= 65_535, "grpc.port: %d (expected: 0 to 65535)", port)
        .require(threads >= 1 && threads <= 256, "grpc.threads: %d (expected: 1 to 256)", threads)
        .require(!drainDelay.isNegative(), "grpc.drain-delay: %s (expected: >= 0s)", drainDelay)
        .require(
            !drainTimeout.isNegative(), "grpc.drain-timeout: %s (expected: >= 0s)", drainTimeout)
        .throwIfAny();
  }

  /** Keys {@code grpc.*}. */
  public static GrpcConfig read(ConfigReader reader) {
    return new GrpcConfig(
        reader.string("grpc.host", DEFAULTS.host),
        reader.integer("grpc.port", DEFAULTS.port),
        reader.integer("grpc.threads", DEFAULTS.threads),
        reader.flag("grpc.reflection", DEFAULTS.reflection),
        reader.duration("grpc.drain-delay", DEFAULTS.drainDelay),
        reader.duration("grpc.drain-timeout", DEFAULTS.drainTimeout));
  }
}
