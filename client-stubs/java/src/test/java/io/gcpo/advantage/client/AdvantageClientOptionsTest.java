// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvantageClientOptionsTest {
  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void builder_nothingSet_givesDefaults() {
    AdvantageClientOptions options = builder("localhost:1", NOTHING).build();

    assertThat(options)
        .hasToString(
            "AdvantageClientOptions[target=localhost:1, deadline=PT1M, maxMessageBytes=67108864,"
                + " connections=2, retryPolicy="
                + RetryPolicy.DEFAULT
                + ", tls=null, authority=null, token=null]");
  }

  @Test
  void builder_everythingSet_isKept() {
    AdvantageClientOptions options =
        builder("dns:///service:1", NOTHING)
            .deadline(Duration.ofMillis(5))
            .maxMessageBytes(1)
            .connections(3)
            .retryPolicy(RetryPolicy.NONE)
            .clientCertificate(Path.of("chain"), Path.of("key"))
            .trustRoots(Path.of("roots"))
            .tls()
            .authority("other")
            .token("secret")
            .build();

    assertThat(options.target()).isEqualTo("dns:///service:1");
    assertThat(options.deadline()).isEqualTo(Duration.ofMillis(5));
    assertThat(options.maxMessageBytes()).isOne();
    assertThat(options.connections()).isEqualTo(3);
    assertThat(options.retryPolicy()).isEqualTo(RetryPolicy.NONE);
    assertThat(options.tls())
        .isEqualTo(new TlsFiles(Path.of("roots"), Path.of("chain"), Path.of("key")));
    assertThat(options.authority()).isEqualTo("other");
    assertThat(options.token()).isNotNull();
  }

  @Test
  void builder_noTarget_isTheEnvironments() {
    Map<String, String> environment = Map.of("GCPO_TARGET", "localhost:7");

    assertThat(builder(null, environment).build().target()).isEqualTo("localhost:7");
    assertThat(builder("localhost:1", environment).build().target()).isEqualTo("localhost:1");
    assertRefused(
        builder(null, NOTHING)::build,
        "target: \"\" (expected: host:port, here or in GCPO_TARGET)");
  }

  @Test
  void builder_noToken_isTheEnvironments() {
    Map<String, String> environment = Map.of("GCPO_TOKEN", "ambient");

    assertThat(builder("localhost:1", environment).build().token()).isNotNull();
    assertThat(builder("localhost:1", Map.of("GCPO_TOKEN", "")).build().token()).isNull();
    assertRefused(
        builder("service:1", environment)::build,
        "token: *** in plain text to service:1"
            + " (expected: TLS, a loopback target or allowInsecureToken)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:1",
        "LOCALHOST",
        "127.0.0.1:1",
        "127.8.9.10:1",
        "[::1]:1",
        "dns:///localhost:1",
        "dns:localhost:1",
        "ipv4:127.0.0.1:1",
        "ipv6:[::1]:1"
      })
  void token_inPlainTextOverLoopback_isTaken(String target) {
    assertThat(builder(target, NOTHING).token("secret").build().token()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service:1", "127.0.0.1.example.org:1", "localhost.example.org:1", "10.0.0.1:1",
        "127.example.org", "dns://10.0.0.1/localhost:1", "dns:///service:1", "[::2]:1",
        "localhost:1@service", "xds:///localhost"
      })
  void token_inPlainTextToElsewhere_isTakenOnlyWhenItIsAllowed(String target) {
    assertRefused(
        builder(target, NOTHING).token("secret")::build,
        "token: *** in plain text to "
            + target
            + " (expected: TLS, a loopback target or allowInsecureToken)");
    assertThat(builder(target, NOTHING).token("secret").allowInsecureToken().build().token())
        .isNotNull();
    assertThat(builder(target, NOTHING).token("secret").tls().build().token()).isNotNull();
  }

  @Test
  void token_isNeverPrinted() {
    AdvantageClientOptions options = builder("localhost:1", NOTHING).token("secret").build();

    assertThat(options.toString()).contains("token=***").doesNotContain("secret");
    assertRefused(
        () -> builder("a", NOTHING).token("se cret"),
        "token: *** (expected: printable ASCII without spaces)");
    assertRefused(
        () -> builder("a", NOTHING).token(""),
        "token: *** (expected: printable ASCII without spaces)");
  }

  @Test
  void badValue_isRefused() {
    AdvantageClientOptions.Builder builder = builder("a", NOTHING);

    assertRefused(
        builder(" ", NOTHING)::build,
        "target: \" \" (expected: host:port, here or in GCPO_TARGET)");
    assertRefused(
        () -> builder.deadline(Duration.ZERO), "deadline: PT0S (expected: a positive duration)");
    assertRefused(
        () -> builder.deadline(ChronoUnit.FOREVER.getDuration()),
        "deadline: PT2562047788015215H30M7.999999999S (expected: at most 36500 days)");
    assertRefused(() -> builder.maxMessageBytes(0), "maxMessageBytes: 0 (expected: >= 1)");
    assertRefused(() -> builder.connections(0), "connections: 0 (expected: in [1, 64])");
    assertRefused(() -> builder.connections(65), "connections: 65 (expected: in [1, 64])");
  }

  private static AdvantageClientOptions.Builder builder(
      @Nullable String target, Map<String, String> environment) {
    return new AdvantageClientOptions.Builder(target, environment::get);
  }

  private static void assertRefused(ThrowingCallable refused, String message) {
    assertThatIllegalArgumentException().isThrownBy(refused).withMessage(message);
  }
}
