// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are refused, and what whoever wrote them reads. */
final class RefusedValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "surprise=1 | at '': additional properties 'surprise' not allowed",
        "drain.delay=1 | at '/drain': additional properties 'delay' not allowed",
        "resources.limit.cpu=1 | at '/resources': additional properties 'limit' not allowed",
        "replicaCount=two | at '/replicaCount': got string, want integer",
        "drain.delaySeconds=-1 | at '/drain/delaySeconds': minimum: got -1, want 0",
        "grpc.port=80 | at '/grpc/port': minimum: got 80, want 1,024",
        "log.level=LOUD | at '/log/level': value must be one of 'TRACE', 'DEBUG', 'INFO'",
        "model.source=hub | at '/model/source': value must be one of 'embedded', 'pvc'",
        "model.path=../x | at '/model/path': '../x' does not match pattern",
        "image.digest=abc | at '/image/digest': 'abc' does not match pattern",
        "gpu.count=-1 | at '/gpu/count': minimum: got -1, want 0",
        "monitor.kind=Probe | at '/monitor/kind': value must be one of 'PodMonitor'",
        "podDisruptionBudget.maxUnavailable=0 | at '/podDisruptionBudget/maxUnavailable': minimum",
        "networkPolicy.clients=null | at '/networkPolicy': missing property 'clients'",
        "config=null | at '': missing property 'config'",
        "config.Port=1 | 'Port' does not match pattern",
        "config.grpc\\.port=1 | config: grpc.port (expected: the value grpc.port in its place)",
        "config.grpc\\.host=x | config: grpc.host (expected: not set,",
        "config.grpc\\.drain-delay=1s | (expected: the value drain.delaySeconds in its place)",
        "tls.enabled=true | tls.existingSecret: empty (expected: the name of a secret, or",
        "tls.existingSecret=a | tls.enabled: false (expected: true, because other values of tls",
        "tls.clientCA.existingSecret=a | tls.enabled: false (expected: true, because",
        "tls.certManager.duration=90d | at '/tls/certManager/duration': '90d' does not match",
        "tokens.existingSecret=a | tokens.existingSecret: a, in plain text (expected: with tls",
        "tokens.key=a/b | at '/tokens/key': 'a/b' does not match pattern",
        "extraVolumes[0].name=tls | extraVolumes: tls (expected: not the name of a volume",
        "podLabels.helm\\.sh/chart=x | podLabels: helm.sh/chart (expected: not a label",
        "extraVolumes[0].name=tmp | extraVolumes: tmp (expected: not the name of a volume",
        "model.source=pvc | model.existingClaim: empty (expected: the name of a claim",
        "model.source=initContainer | model.initContainer.image: empty (expected: an image",
        "model.path=x | model.path: x (expected: none, because model.source is embedded)",
        "rollingUpdate.maxSurge=0 | maxSurge and maxUnavailable are 0 (expected: one of them > 0)",
      })
  void render_aWrongValue_isRefusedByName(String setting, String message) {
    assertThatThrownBy(() -> Chart.render(setting)).hasMessageContaining(message);
  }

  @Test
  void render_valuesThatContradictEachOther_areRefused() {
    assertThatThrownBy(
            () -> Chart.render("extraVolumes[0].name=x", "extraVolumes[0].hostPath.path=/"))
        .hasMessageContaining("at '/extraVolumes/0': additional properties 'hostPath' not allowed");
    assertThatThrownBy(
            () ->
                Chart.render(
                    "model.source=pvc",
                    "model.existingClaim=models",
                    "config.embedding\\.model-directory=/models/x"))
        .hasMessageContaining("config: embedding.model-directory (expected: model.path");
    assertThatThrownBy(
            () -> Chart.render("autoscaling.enabled=true", "autoscaling.cpu.enabled=false"))
        .hasMessageContaining("autoscaling: neither cpu nor queueTokens is enabled");
    assertThatThrownBy(() -> Chart.render("autoscaling.enabled=true", "autoscaling.maxReplicas=1"))
        .hasMessageContaining(
            "autoscaling.maxReplicas: 1 (expected: >= autoscaling.minReplicas, 2)");
    assertThatThrownBy(
            () -> Chart.render("autoscaling.enabled=true", "resources.requests.cpu=null"))
        .hasMessageContaining("resources.requests.cpu: missing (expected: an amount");
  }

  @Test
  void render_securityThatContradictsItself_isRefused() {
    assertThatThrownBy(
            () ->
                Chart.render(
                    "tls.enabled=true", "tls.existingSecret=a", "tls.certManager.enabled=true"))
        .hasMessageContaining("tls.existingSecret: a (expected: none, because tls.certManager");
    assertThatThrownBy(() -> Chart.render("tls.enabled=true", "tls.certManager.enabled=true"))
        .hasMessageContaining("tls.certManager.issuerRef.name: empty (expected: the name of an");
    assertThatThrownBy(
            () ->
                Chart.render(
                    "tls.enabled=true",
                    "tls.existingSecret=a",
                    "config.grpc\\.tls\\.private-key=/x"))
        .hasMessageContaining("config: grpc.tls.private-key (expected: the value tls.existingSe");
    assertThatThrownBy(
            () ->
                Chart.render(
                    "grpc.insecure=false",
                    "tokens.existingSecret=a",
                    "config.grpc\\.auth\\.tokens-file=/x"))
        .hasMessageContaining("config: grpc.auth.tokens-file (expected: the value tokens.exist");
  }

  @Test
  void render_onAnOldCluster_isRefused() {
    assertThatThrownBy(() -> Chart.renderAs("advantage", "1.24.0"))
        .hasMessageContaining("chart requires kubeVersion: >=1.25.0-0");
  }
}
