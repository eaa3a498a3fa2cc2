// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the Deployment of the chart as JSON, for {@code docker/test/run}, which runs it.
 * Arguments: the file, then settings as {@code helm --set} takes them.
 */
final class WriteDeployment {
  private WriteDeployment() {}

  public static void main(String[] args) throws IOException {
    String[] settings = Arrays.copyOfRange(args, 1, args.length);
    List<JsonObject> deployments =
        Chart.render(settings).documents().stream()
            .filter(document -> Rendering.kind(document).equals("Deployment"))
            .toList();
    Files.writeString(Path.of(args[0]), deployments.get(0).toString());
  }
}
