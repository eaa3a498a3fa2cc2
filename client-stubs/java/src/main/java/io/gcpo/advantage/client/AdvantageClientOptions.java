// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.ClientInterceptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an {@link AdvantageClient} connects and calls. Immutable; prints no secret. */
public final class AdvantageClientOptions {
  /** The deadline of a call where nothing else is said. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);

  private static final int DEFAULT_MAX_MESSAGE_BYTES = 64 << 20;

  private final String target;
  private final Duration deadline;
  private final int maxMessageBytes;
  private final int connections;
  private final RetryPolicy retryPolicy;
  private final @Nullable TlsFiles tls;
  private final @Nullable String authority;
  private final @Nullable BearerToken token;
  private final List<ClientInterceptor> interceptors;

  private AdvantageClientOptions(Builder builder, String target, @Nullable BearerToken token) {
    this.target = target;
    this.deadline = builder.deadline;
    this.maxMessageBytes = builder.maxMessageBytes;
    this.connections = builder.connections;
    this.retryPolicy = builder.retryPolicy;
    this.tls = builder.tls;
    this.authority = builder.authority;
    this.token = token;
    this.interceptors = List.copyOf(builder.interceptors);
  }

  /** Options for the target in the environment variable GCPO_TARGET. */
  public static Builder builder() {
    return new Builder(null, System::getenv);
  }

  /**
   * Options for a target, everything else by default.
   *
   * @param target {@code host:port} or a gRPC target such as {@code dns:///service:50051}; calls
   *     are spread over all addresses the name resolves to
   */
  public static Builder builder(String target) {
    return new Builder(target, System::getenv);
  }

  String target() {
    return target;
  }

  Duration deadline() {
    return deadline;
  }

  int maxMessageBytes() {
    return maxMessageBytes;
  }

  int connections() {
    return connections;
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  @Nullable TlsFiles tls() {
    return tls;
  }

  @Nullable String authority() {
    return authority;
  }

  @Nullable BearerToken token() {
    return token;
  }

  List<ClientInterceptor> interceptors() {
    return interceptors;
  }

  @Override
  public String toString() {
    return "AdvantageClientOptions[target=%s, deadline=%s, maxMessageBytes=%d, connections=%d, "
            .formatted(target, deadline, maxMessageBytes, connections)
        + "retryPolicy=%s, tls=%s, authority=%s, token=%s]"
            .formatted(retryPolicy, tls, authority, token);
  }

  /** Collects options. Confined to one thread. */
  public static final class Builder {
    private final @Nullable String givenTarget;
    private final Environment environment;
    private Duration deadline = DEFAULT_DEADLINE;
    private int maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;
    private int connections = 2;
    private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
    private @Nullable TlsFiles tls;
    private @Nullable String authority;
    private @Nullable BearerToken givenToken;
    private boolean allowInsecureToken;
    private final List<ClientInterceptor> interceptors = new ArrayList<>();

    Builder(@Nullable String target, Environment environment) {
      this.givenTarget = target;
      this.environment = environment;
    }

    /** For one call, its retries included. Default: 60 s. */
    public Builder deadline(Duration deadline) {
      this.deadline = Options.requirePositive("deadline", deadline);
      return this;
    }

    /** Largest answer taken, in bytes, at least 1. Default: 64 MiB. */
    public Builder maxMessageBytes(int maxMessageBytes) {
      Options.require(maxMessageBytes >= 1, "maxMessageBytes", maxMessageBytes, ">= 1");
      this.maxMessageBytes = maxMessageBytes;
      return this;
    }

    /**
     * How many channels calls take in turn, in [1, 64]. Each has its own connection to every
     * address: one connection is served by one thread on either side, so that a second one lets a
     * large request be written while another is. Default: 2.
     */
    public Builder connections(int connections) {
      Options.require(
          connections >= 1 && connections <= 64, "connections", connections, "in [1, 64]");
      this.connections = connections;
      return this;
    }

    /** When failed calls are made again. Default: {@link RetryPolicy#DEFAULT}. */
    public Builder retryPolicy(RetryPolicy retryPolicy) {
      this.retryPolicy = retryPolicy;
      return this;
    }

    /** TLS, trusting whom the Java runtime trusts. Default: plain text. */
    public Builder tls() {
      this.tls = tls == null ? new TlsFiles(null, null, null) : tls;
      return this;
    }

    /** TLS, trusting the certificates in a PEM file and nobody else. */
    public Builder trustRoots(Path file) {
      this.tls =
          tls == null
              ? new TlsFiles(file, null, null)
              : new TlsFiles(file, tls.certificateChain(), tls.privateKey());
      return this;
    }

    /**
     * TLS in which the client proves itself too (mTLS).
     *
     * @param chain PEM file, the client's own certificate first
     * @param key PEM file of its PKCS #8 private key, not encrypted
     */
    public Builder clientCertificate(Path chain, Path key) {
      this.tls = new TlsFiles(tls == null ? null : tls.trustRoots(), chain, key);
      return this;
    }

    /** The name that the server's certificate must have. Default: the target's host. */
    public Builder authority(String authority) {
      this.authority = authority;
      return this;
    }

    /**
     * Sent with each call as {@code authorization: Bearer TOKEN}. Default: the environment variable
     * GCPO_TOKEN, if it is set.
     */
    public Builder token(String token) {
      this.givenToken = new BearerToken(token);
      return this;
    }

    /** Lets a token travel in plain text to another machine, where everybody between reads it. */
    public Builder allowInsecureToken() {
      this.allowInsecureToken = true;
      return this;
    }

    /**
     * Sees every attempt of every call, also those that the client makes for itself: to trace or to
     * count them, for example. May be given several times; the first sees an attempt first.
     */
    public Builder interceptor(ClientInterceptor interceptor) {
      this.interceptors.add(interceptor);
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if there is no target, or a token would travel in plain text
     */
    public AdvantageClientOptions build() {
      String target = givenTarget == null ? environment.get("GCPO_TARGET") : givenTarget;
      if (target == null || target.isBlank()) {
        throw new IllegalArgumentException(
            "target: \"%s\" (expected: host:port, here or in GCPO_TARGET)"
                .formatted(target == null ? "" : target));
      }
      BearerToken token = token();
      Options.require(
          token == null || tls != null || allowInsecureToken || Loopback.is(target),
          "token",
          "*** in plain text to " + target,
          "TLS, a loopback target or allowInsecureToken");
      return new AdvantageClientOptions(this, target, token);
    }

    private @Nullable BearerToken token() {
      String ambient = environment.get("GCPO_TOKEN");
      return givenToken != null || ambient == null || ambient.isEmpty()
          ? givenToken
          : new BearerToken(ambient);
    }
  }

  /** Where the builder finds what it was not told. */
  interface Environment {
    @Nullable String get(String name);
  }
}
