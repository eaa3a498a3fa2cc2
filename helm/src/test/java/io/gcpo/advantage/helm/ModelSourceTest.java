// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the model comes from, and that the server looks for it there. */
final class ModelSourceTest {
  private static final String MODEL_DIRECTORY = "GCPO_CONFIG_EMBEDDING_MODEL_DIRECTORY";

  @Test
  void embedded_needsNoVolume() {
    Rendering rendering = Chart.render();

    assertThat(rendering.env(MODEL_DIRECTORY)).isEmpty();
    assertThat(rendering.podSpec().getInitContainers()).isNullOrEmpty();
    assertThat(volumes(rendering)).extracting(V1Volume::getName).containsExactly("tmp");
  }

  @Test
  void claim_isMountedForReading() {
    Rendering rendering = Chart.renderSet("model-claim");

    assertThat(rendering.env(MODEL_DIRECTORY)).hasValue("/models/embedding/bge-small");
    assertThat(mount(rendering.server()).getReadOnly()).isTrue();
    assertThat(Given.present(models(rendering).getPersistentVolumeClaim()).getClaimName())
        .isEqualTo("models");
  }

  @Test
  void claim_withoutPath_isTheModelItself() {
    Rendering rendering = Chart.render("model.source=pvc", "model.existingClaim=mine");

    assertThat(rendering.env(MODEL_DIRECTORY)).hasValue("/models");
  }

  @Test
  void initContainer_fillsWhatTheServerReads() {
    Rendering rendering = Chart.renderSet("model-download");
    V1Container fetcher = Given.present(rendering.podSpec().getInitContainers()).get(0);

    assertThat(fetcher.getImage()).isEqualTo("registry.example/tools/fetch:1.2.3");
    assertThat(fetcher.getArgs()).containsExactly("https://hub.example/mine", "/models/mine");
    assertThat(mount(fetcher).getMountPath()).isEqualTo("/models");
    assertThat(mount(fetcher).getReadOnly()).isNull();
    assertThat(mount(rendering.server()).getReadOnly()).isTrue();
    assertThat(rendering.env(MODEL_DIRECTORY)).hasValue("/models/mine");
    assertThat(Given.present(models(rendering).getEmptyDir()).getSizeLimit())
        .hasToString("Quantity{number=2147483648, format=BINARY_SI}");
  }

  @Test
  void severalModels_haveDirectoriesOfTheirOwn() {
    Rendering rendering = Chart.renderSet("several-models");

    assertThat(rendering.env(MODEL_DIRECTORY)).isEmpty();
    assertThat(rendering.env("GCPO_CONFIG_EMBEDDING_MODELS")).hasValue("small, mine");
    assertThat(rendering.env("GCPO_CONFIG_MODELS_MINE_DIRECTORY")).hasValue("/models/mine");
  }

  private static List<V1Volume> volumes(Rendering rendering) {
    return Given.present(rendering.podSpec().getVolumes());
  }

  private static V1Volume models(Rendering rendering) {
    return volumes(rendering).stream()
        .filter(volume -> volume.getName().equals("models"))
        .findFirst()
        .orElseThrow();
  }

  private static V1VolumeMount mount(V1Container container) {
    return Given.present(container.getVolumeMounts()).stream()
        .filter(mount -> mount.getName().equals("models"))
        .findFirst()
        .orElseThrow();
  }
}
