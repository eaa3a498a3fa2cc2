// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecretKeySelector;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates and tokens: from which secret to which setting, and what helm test shows. */
final class SecretsTest {
  private static final String CONFIG = "GCPO_CONFIG_GRPC_";

  static List<Path> valueSets() {
    return Chart.valueSets();
  }

  @Test
  void default_isPlainTextForEverybody() {
    Rendering rendering = Chart.render();

    assertThat(rendering.env(CONFIG + "INSECURE")).hasValue("true");
    assertThat(rendering.env(CONFIG + "TLS_CERTIFICATE_CHAIN")).isEmpty();
    assertThat(rendering.env(CONFIG + "AUTH_TOKENS_FILE")).isEmpty();
  }

  @Test
  void tls_ofASecret_isMountedAndNamed() {
    Rendering rendering = Chart.renderSet("tls-secret");

    assertThat(rendering.env(CONFIG + "INSECURE")).isEmpty();
    assertThat(rendering.env(CONFIG + "TLS_CERTIFICATE_CHAIN"))
        .hasValue(mounted(rendering.podSpec(), "advantage-tls") + "/tls.crt");
    assertThat(rendering.env(CONFIG + "TLS_PRIVATE_KEY"))
        .hasValue(mounted(rendering.podSpec(), "advantage-tls") + "/tls.key");
    assertThat(rendering.env(CONFIG + "TLS_CLIENT_CA")).isEmpty();
  }

  @Test
  void clientCa_isMountedAndNamed() {
    Rendering rendering = Chart.renderSet("mtls");

    assertThat(rendering.env(CONFIG + "TLS_CLIENT_CA"))
        .hasValue(mounted(rendering.podSpec(), "trainers-ca") + "/roots.pem");
  }

  @Test
  void certManager_makesTheSecretThatIsMounted() {
    Rendering rendering = Chart.renderSet("cert-manager");
    CertManagerCertificate.Spec certificate =
        rendering.only(CertManagerCertificate.class, "Certificate").spec();

    assertThat(rendering.env(CONFIG + "TLS_CERTIFICATE_CHAIN"))
        .hasValue(mounted(rendering.podSpec(), certificate.secretName()) + "/tls.crt");
    assertThat(certificate.issuerRef())
        .isEqualTo(
            new CertManagerCertificate.IssuerRef("internal", "ClusterIssuer", "cert-manager.io"));
    assertThat(certificate.duration()).isEqualTo("720h");
    assertThat(certificate.privateKey().encoding()).isEqualTo("PKCS8");
    assertThat(certificate.usages()).contains("server auth");
    assertThat(certificate.dnsNames())
        .contains(
            "advantage-gcpo-advantage.rl.svc",
            "advantage-gcpo-advantage-headless.rl.svc",
            "advantage.rl.example")
        .doesNotHaveDuplicates();
  }

  @Test
  void tokens_areMountedAndNamed() {
    assertThat(Chart.renderSet("tokens-plain").env(CONFIG + "AUTH_TOKENS_FILE"))
        .hasValue(
            mounted(Chart.renderSet("tokens-plain").podSpec(), "advantage-tokens") + "/accepted");
    assertThat(Chart.renderSet("cert-manager").env(CONFIG + "AUTH_TOKENS_FILE"))
        .hasValue(
            mounted(Chart.renderSet("cert-manager").podSpec(), "advantage-tokens") + "/tokens");
  }

  /** What is mounted by subPath is never replaced. */
  @ParameterizedTest
  @MethodSource("valueSets")
  void mounts_ofEachSet_areDirectories(Path values) {
    assertThat(Given.present(Chart.render(values).server().getVolumeMounts()))
        .extracting(V1VolumeMount::getSubPath)
        .containsOnlyNulls();
  }

  @Test
  void helmTest_overTls_trustsTheCertificateAndNeverGetsItsKey() {
    V1PodSpec pod = testPod(Chart.renderSet("tls-secret"));

    assertThat(pod.getContainers().get(0).getArgs())
        .containsSequence("--tls-roots", mounted(pod, "advantage-tls") + "/tls.crt")
        .contains("advantage-gcpo-advantage.rl.svc:50051")
        .doesNotContain("--allow-insecure-token", "--tls-certificate");
    assertThat(Given.present(secret(pod, "advantage-tls").getItems()))
        .extracting(item -> item.getKey())
        .containsExactly("tls.crt");
  }

  @Test
  void helmTest_withClientCertificates_showsOne() {
    V1PodSpec pod = testPod(Chart.renderSet("mtls"));
    String folder = mounted(pod, "advantage-test-client");

    assertThat(pod.getContainers().get(0).getArgs())
        .containsSequence(
            "--tls-certificate", folder + "/tls.crt", "--tls-key", folder + "/tls.key");
  }

  @Test
  void helmTest_withTokens_showsOneOfASecret() {
    V1Container overTls = testPod(Chart.renderSet("cert-manager")).getContainers().get(0);
    V1Container plain = testPod(Chart.renderSet("tokens-plain")).getContainers().get(0);

    assertThat(token(overTls).getName()).isEqualTo("advantage-test-token");
    assertThat(token(plain).getKey()).isEqualTo("mine");
    assertThat(overTls.getArgs()).doesNotContain("--allow-insecure-token");
    assertThat(plain.getArgs()).contains("--allow-insecure-token");
    assertThat(testPod(Chart.render()).getContainers().get(0).getEnv()).isNullOrEmpty();
  }

  private static V1SecretKeySelector token(V1Container container) {
    return Given.present(container.getEnv()).stream()
        .filter(variable -> variable.getName().equals("GCPO_TOKEN"))
        .map(variable -> Given.present(Given.present(variable.getValueFrom()).getSecretKeyRef()))
        .findFirst()
        .orElseThrow();
  }

  private static V1PodSpec testPod(Rendering rendering) {
    return Given.present(rendering.only(V1Pod.class, "Pod").getSpec());
  }

  /** Where the first container finds a secret. */
  private static String mounted(V1PodSpec pod, String secret) {
    String volume =
        Given.present(pod.getVolumes()).stream()
            .filter(v -> v.getSecret() != null && secret.equals(v.getSecret().getSecretName()))
            .findFirst()
            .orElseThrow()
            .getName();
    return Given.present(pod.getContainers().get(0).getVolumeMounts()).stream()
        .filter(mount -> mount.getName().equals(volume))
        .findFirst()
        .orElseThrow()
        .getMountPath();
  }

  private static V1SecretVolumeSource secret(V1PodSpec pod, String name) {
    return Given.present(pod.getVolumes()).stream()
        .map(volume -> volume.getSecret())
        .filter(secret -> secret != null && name.equals(secret.getSecretName()))
        .findFirst()
        .orElseThrow();
  }
}
