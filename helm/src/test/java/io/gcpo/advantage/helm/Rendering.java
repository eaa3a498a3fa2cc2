// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The documents that Helm made of the chart. */
record Rendering(List<JsonObject> documents) {
  Rendering {
    documents = List.copyOf(documents);
  }

  /** Reads YAML, where a key that comes twice is an error. */
  static Rendering of(String yaml) {
    Load load = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
    List<JsonObject> documents = new ArrayList<>();
    for (Object document : load.loadAllFromString(yaml)) {
      if (document != null) {
        documents.add(new Gson().toJsonTree(document).getAsJsonObject());
      }
    }
    return new Rendering(documents);
  }

  List<String> kinds() {
    return documents.stream().map(Rendering::kind).toList();
  }

  /** The only document of this kind, as Kubernetes reads it. */
  <T> T only(Class<T> type, String kind) {
    List<JsonObject> found = documents.stream().filter(d -> kind(d).equals(kind)).toList();
    if (found.size() != 1) {
      throw new AssertionError(kind + ": " + found.size() + " documents (expected: 1)");
    }
    return StrictTypes.read(found.get(0), type);
  }

  V1Deployment deployment() {
    return only(V1Deployment.class, "Deployment");
  }

  V1PodSpec podSpec() {
    return Given.present(Given.present(deployment().getSpec()).getTemplate().getSpec());
  }

  V1Container server() {
    return podSpec().getContainers().get(0);
  }

  /** The value of a variable of the server, if it has it. */
  Optional<String> env(String name) {
    return Given.present(server().getEnv()).stream()
        .filter(variable -> variable.getName().equals(name))
        .map(V1EnvVar::getValue)
        .findFirst();
  }

  static String kind(JsonObject document) {
    return document.get("kind").getAsString();
  }
}
