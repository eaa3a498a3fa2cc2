// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyIngressRule;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPeer;
import io.kubernetes.client.openapi.models.V1NetworkPolicySpec;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may connect; by default nothing else guards the port. */
final class NetworkPolicyTest {
  @ParameterizedTest
  @ValueSource(strings = {"default", "production", "model-download"})
  void rules_eachNameWhoAndWhere(String set) {
    List<V1NetworkPolicyIngressRule> rules =
        Given.present(policy(Chart.renderSet(set)).getIngress());

    assertThat(rules).extracting(NetworkPolicyTest::port).containsExactly("grpc", "management");
    assertThat(rules).allSatisfy(rule -> assertThat(rule.getFrom()).isNotEmpty());
  }

  @Test
  void clients_byDefault_areThoseOfTheNamespace() {
    V1NetworkPolicyPeer client = client(Chart.render());

    assertThat(client.getNamespaceSelector()).isNull();
    assertThat(client.getIpBlock()).isNull();
    assertThat(Given.present(client.getPodSelector()).getMatchLabels()).isNullOrEmpty();
  }

  @Test
  void clients_whereGiven_replaceTheDefault() {
    V1NetworkPolicyPeer client = client(Chart.renderSet("production"));

    assertThat(Given.present(client.getPodSelector()).getMatchLabels())
        .isEqualTo(Map.of("role", "trainer"));
    assertThat(Given.present(client.getNamespaceSelector()).getMatchLabels())
        .isEqualTo(Map.of("team", "rl"));
  }

  @Test
  void egress_isWhatTheValuesAllow() {
    V1NetworkPolicySpec closed = policy(Chart.render());

    assertThat(closed.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(closed.getEgress()).isEmpty();
    assertThat(policy(Chart.renderSet("model-download")).getEgress()).hasSize(1);
  }

  /** The way out that the endpoint asks for is there, by port; whom it leads to no test can see. */
  @Test
  void egress_ofTracing_leadsToNamesAndToTheCollector() {
    Rendering rendering = Chart.renderSet("tracing");
    String endpoint = rendering.env("GCPO_CONFIG_TRACING_OTLP_ENDPOINT").orElseThrow();

    assertThat(Given.present(policy(rendering).getEgress()))
        .flatExtracting(rule -> Given.present(rule.getPorts()))
        .extracting(port -> Given.present(port.getPort()).getIntValue())
        .containsExactly(53, 53, URI.create(endpoint).getPort());
  }

  @Test
  void policy_whereSwitchedOff_isNotThere() {

    assertThat(Chart.renderSet("minimal").kinds())
        .containsExactlyInAnyOrder("Service", "Service", "Deployment", "Pod");
  }

  private static V1NetworkPolicyPeer client(Rendering rendering) {
    List<V1NetworkPolicyIngressRule> rules = Given.present(policy(rendering).getIngress());
    return Given.present(rules.get(0).getFrom()).get(0);
  }

  private static V1NetworkPolicySpec policy(Rendering rendering) {
    return Given.present(rendering.only(V1NetworkPolicy.class, "NetworkPolicy").getSpec());
  }

  private static String port(V1NetworkPolicyIngressRule rule) {
    return Given.present(Given.present(rule.getPorts()).get(0).getPort()).getStrValue();
  }
}
