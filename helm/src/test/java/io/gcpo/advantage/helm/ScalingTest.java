// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudgetSpec;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscalerSpec;
import io.kubernetes.client.openapi.models.V2MetricSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many pods there are, and how many of them may be missing. */
final class ScalingTest {
  @Test
  void replicas_withoutAutoscaler_areTheValues() {
    Rendering rendering = Chart.render("replicaCount=3");

    assertThat(deployment(rendering).getReplicas()).isEqualTo(3);
    assertThat(rendering.kinds()).doesNotContain("HorizontalPodAutoscaler");
  }

  @Test
  void replicas_withAutoscaler_areItsOwn() {
    Rendering rendering = Chart.renderSet("autoscaling-cpu");
    V2HorizontalPodAutoscalerSpec autoscaler = autoscaler(rendering);

    assertThat(deployment(rendering).getReplicas()).isNull();
    assertThat(autoscaler.getScaleTargetRef().getKind()).isEqualTo("Deployment");
    assertThat(autoscaler.getScaleTargetRef().getName())
        .isEqualTo(Given.present(rendering.deployment().getMetadata()).getName());
    assertThat(autoscaler.getMinReplicas()).isEqualTo(2);
    assertThat(autoscaler.getMaxReplicas()).isEqualTo(10);
  }

  @Test
  void autoscaler_byProcessorTime() {
    List<V2MetricSpec> metrics = metrics(Chart.renderSet("autoscaling-cpu"));

    assertThat(metrics).hasSize(1);
    assertThat(Given.present(metrics.get(0).getResource()).getName()).isEqualTo("cpu");
    assertThat(Given.present(metrics.get(0).getResource()).getTarget().getAverageUtilization())
        .isEqualTo(75);
  }

  @Test
  void autoscaler_byQueuedTokensOfEachPod() {
    List<V2MetricSpec> metrics = metrics(Chart.renderSet("autoscaling-queue"));

    assertThat(metrics).hasSize(1);
    assertThat(Given.present(metrics.get(0).getPods()).getMetric().getName())
        .isEqualTo("gcpo_queue_tokens");
    assertThat(Given.present(metrics.get(0).getPods()).getTarget().getAverageValue())
        .isEqualTo(new Quantity("2000000"));
  }

  @Test
  void autoscaler_byOneFigureForAllPods() {
    List<V2MetricSpec> metrics = metrics(Chart.renderSet("autoscaling-external"));

    assertThat(metrics).extracting(V2MetricSpec::getType).containsExactly("Resource", "External");
    assertThat(
            Given.present(Given.present(metrics.get(1).getExternal()).getMetric().getSelector())
                .getMatchLabels())
        .containsEntry("job", "advantage");
  }

  @Test
  void disruptionBudget_isAShareOrANumber() {
    assertThat(budget(Chart.render()).getMaxUnavailable()).isEqualTo(new IntOrString(1));
    assertThat(budget(Chart.renderSet("production")).getMaxUnavailable())
        .isEqualTo(new IntOrString("34%"));
  }

  @Test
  void disruptionBudget_whereKubernetesKnowsHow_ignoresPodsThatAreNotReady() {
    assertThat(budget(Chart.render()).getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
    assertThat(budget(Chart.renderAs("advantage", "1.26.0")).getUnhealthyPodEvictionPolicy())
        .isNull();
  }

  private static V1DeploymentSpec deployment(Rendering rendering) {
    return Given.present(rendering.deployment().getSpec());
  }

  private static V2HorizontalPodAutoscalerSpec autoscaler(Rendering rendering) {
    return Given.present(
        rendering.only(V2HorizontalPodAutoscaler.class, "HorizontalPodAutoscaler").getSpec());
  }

  private static List<V2MetricSpec> metrics(Rendering rendering) {
    return Given.present(autoscaler(rendering).getMetrics());
  }

  private static V1PodDisruptionBudgetSpec budget(Rendering rendering) {
    return Given.present(
        rendering.only(V1PodDisruptionBudget.class, "PodDisruptionBudget").getSpec());
  }
}
