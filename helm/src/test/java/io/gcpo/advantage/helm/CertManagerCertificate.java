// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * cert-manager's kind, as far as the chart uses it; written by hand from its API v1, as no types of
 * it can be had.
 */
record CertManagerCertificate(String apiVersion, String kind, JsonNode metadata, Spec spec) {

  record Spec(
      String secretName,
      String duration,
      IssuerRef issuerRef,
      PrivateKey privateKey,
      List<String> usages,
      List<String> dnsNames) {
    private static final Set<String> USAGES =
        Set.of("digital signature", "key encipherment", "server auth", "client auth");

    Spec {
      require(secretName.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?"), "secretName");
      require(duration.matches("([0-9]+h)?([0-9]+m)?([0-9]+s)?"), "duration");
      require(USAGES.containsAll(usages), "usages");
      require(!dnsNames.isEmpty(), "dnsNames");
    }
  }

  record IssuerRef(String name, String kind, String group) {
    IssuerRef {
      require(!name.isEmpty(), "issuerRef.name");
    }
  }

  record PrivateKey(String algorithm, int size, String encoding, String rotationPolicy) {
    PrivateKey {
      require(Set.of("RSA", "ECDSA", "Ed25519").contains(algorithm), "privateKey.algorithm");
      require(!algorithm.equals("ECDSA") || Set.of(256, 384, 521).contains(size), "size");
      require(Set.of("PKCS1", "PKCS8").contains(encoding), "privateKey.encoding");
      require(Set.of("Never", "Always").contains(rotationPolicy), "privateKey.rotationPolicy");
    }
  }

  private static void require(boolean ok, String field) {
    if (!ok) {
      throw new IllegalArgumentException("spec." + field);
    }
  }
}
