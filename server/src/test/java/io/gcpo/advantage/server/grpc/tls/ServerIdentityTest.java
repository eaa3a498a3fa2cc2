// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.server.reload.RefusedException;
import io.gcpo.advantage.server.testing.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentityTest {
  private static final byte[] JUNK = "junk".getBytes(StandardCharsets.US_ASCII);
  private static final String NO_KEY =
      "does not parse (expected: a PEM key in PKCS #8, RSA or EC, not encrypted)";

  @TempDir private static Path folder;
  private static TestCertificate first;
  private static TestCertificate second;
  private static TestCertificate rsa;

  private ServerIdentity identity;

  @BeforeAll
  static void makeCertificates() throws Exception {
    first = TestCertificate.make(folder, "first", "EC");
    second = TestCertificate.make(folder, "second", "EC");
    rsa = TestCertificate.make(folder, "rsa", "RSA");
  }

  @BeforeEach
  void makeIdentity() {
    identity = new ServerIdentity(first.certificate(), first.key(), Clock.systemUTC());
  }

  @Test
  void accept_pair_isInUse() throws Exception {
    for (TestCertificate each : List.of(first, rsa, second)) {
      identity.accept(List.of(bytes(each.certificate()), bytes(each.key())));
      assertThat(inUse()).isEqualTo(each.parsed());
    }
  }

  @Test
  void expires_chain_isTheFirstToExpire() throws Exception {
    assertThat(identity.expires()).isEmpty();
    String chain = Files.readString(first.certificate()) + Files.readString(second.certificate());

    identity.accept(List.of(chain.getBytes(StandardCharsets.US_ASCII), bytes(first.key())));

    Instant one = first.parsed().getNotAfter().toInstant();
    Instant other = second.parsed().getNotAfter().toInstant();
    assertThat(identity.expires()).contains(one.isBefore(other) ? one : other);
  }

  @Test
  void accept_chain_isKeptInOrder() throws Exception {
    String chain = Files.readString(first.certificate()) + Files.readString(second.certificate());

    identity.accept(List.of(chain.getBytes(StandardCharsets.US_ASCII), bytes(first.key())));

    assertThat(identity.manager().getCertificateChain(alias()))
        .containsExactly(first.parsed(), second.parsed());
  }

  @Test
  void accept_unfit_isRefusedAndTheOldStays() throws Exception {
    identity.accept(List.of(bytes(first.certificate()), bytes(first.key())));
    byte[] cert = bytes(first.certificate());
    byte[] key = bytes(first.key());
    String noPair =
        "is not the key of the first certificate in %s (expected: a pair)"
            .formatted(first.certificate());

    assertRefused(cert, bytes(second.key()), key(noPair));
    assertRefused(bytes(second.certificate()), key, key(noPair));
    assertRefused(cert, bytes(rsa.key()), key(noPair));
    assertRefused(cert, JUNK, key(NO_KEY));
    assertRefused(cert, new byte[0], key(NO_KEY));
    assertRefused(cert, cert, key(NO_KEY));
    String pkcs1 = new String(key, StandardCharsets.US_ASCII).replace("PRIVATE", "EC PRIVATE");
    assertRefused(cert, pkcs1.getBytes(StandardCharsets.US_ASCII), key(NO_KEY));
    assertRefused(cert, half(key), key(NO_KEY));
    assertRefused(
        half(cert), key, chain("does not parse (expected: PEM certificates, nothing else)"));
    assertRefused(new byte[0], key, chain("holds no certificate (expected: PEM certificates)"));
    assertThat(inUse()).isEqualTo(first.parsed());
  }

  @Test
  void accept_timeIsOverOrHasNotCome_isRefused() throws Exception {
    for (int days : new int[] {-1, 4}) {
      Clock then =
          Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofDays(days)), ZoneOffset.UTC);
      X509Certificate certificate = first.parsed();
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(
              () ->
                  new ServerIdentity(first.certificate(), first.key(), then)
                      .accept(List.of(bytes(first.certificate()), bytes(first.key()))))
          .withMessage(
              chain(
                  "is valid from %s to %s (expected: a certificate that is valid now)"
                      .formatted(
                          certificate.getNotBefore().toInstant(),
                          certificate.getNotAfter().toInstant())));
    }
  }

  private void assertRefused(byte[] chain, byte[] key, String message) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> identity.accept(List.of(chain, key)))
        .withMessage(message)
        .withNoCause();
  }

  private X509Certificate inUse() {
    return identity.manager().getCertificateChain(alias())[0];
  }

  private String alias() {
    return identity.manager().chooseServerAlias("EC", null, null);
  }

  private static String chain(String problem) {
    return "grpc.tls.certificate-chain: %s %s".formatted(first.certificate(), problem);
  }

  private static String key(String problem) {
    return "grpc.tls.private-key: %s %s".formatted(first.key(), problem);
  }

  private static byte[] half(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static byte[] bytes(Path file) throws Exception {
    return Files.readAllBytes(file);
  }
}
