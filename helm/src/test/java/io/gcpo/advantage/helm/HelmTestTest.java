// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pod of {@code helm test} asks the service that the chart makes, with a file of the image. */
final class HelmTestTest {
  private static final Path DISTRIBUTION = Path.of("..", "server", "src", "main", "dist");

  @Test
  void pod_callsTheService() {
    Rendering rendering = Chart.render("grpc.port=50052");
    JsonObject service =
        rendering.documents().stream().filter(HelmTestTest::isService).findFirst().orElseThrow();
    String name = Given.present(StrictTypes.read(service, V1Service.class).getMetadata()).getName();

    assertThat(container(rendering).getArgs()).containsSequence("--target", name + ".rl.svc:50052");
  }

  @Test
  void pod_readsAnExampleOfTheImage() {
    List<String> args = Given.present(container(Chart.render()).getArgs());
    String file = args.get(args.indexOf("--in") + 1);

    assertThat(args.get(0)).isEqualTo("score");
    assertThat(file).startsWith("/opt/gcpo-advantage/");
    assertThat(DISTRIBUTION.resolve(file.substring("/opt/gcpo-advantage/".length())))
        .isRegularFile();
  }

  @Test
  void pod_isOfTheServersImage() {
    Rendering rendering = Chart.renderSet("production");

    assertThat(container(rendering).getImage())
        .isEqualTo(rendering.server().getImage())
        .endsWith("@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  }

  private static boolean isService(JsonObject document) {
    return Rendering.kind(document).equals("Service");
  }

  private static V1Container container(Rendering rendering) {
    V1Pod pod = rendering.only(V1Pod.class, "Pod");
    return Given.present(pod.getSpec()).getContainers().get(0);
  }
}
