// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.google.gson.JsonObject;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.util.Map;

/** Reads documents into the types of their kinds; unknown fields and wrong types are errors. */
final class StrictTypes {
  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("v1 ConfigMap", V1ConfigMap.class),
          Map.entry("v1 Pod", V1Pod.class),
          Map.entry("v1 Service", V1Service.class),
          Map.entry("v1 ServiceAccount", V1ServiceAccount.class),
          Map.entry("apps/v1 Deployment", V1Deployment.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class),
          Map.entry("cert-manager.io/v1 Certificate", CertManagerCertificate.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class),
          Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class),
          Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
          Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class));

  /** Without the any-setters in which these types otherwise hide fields that they do not know. */
  private static final ObjectMapper OTHERS =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }

                @Override
                public Boolean hasAnyGetter(Annotated annotated) {
                  return false;
                }
              })
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private StrictTypes() {}

  /** Fails unless the document is one of its kind. */
  static Object check(JsonObject document) {
    String kind =
        document.get("apiVersion").getAsString() + " " + document.get("kind").getAsString();
    Class<?> type = TYPES.get(kind);
    if (type == null) {
      throw new AssertionError("kind: " + kind + " (expected: one of " + TYPES.keySet() + ")");
    }
    return read(document, type);
  }

  static <T> T read(JsonObject document, Class<T> type) {
    if (type.getPackage().getName().startsWith("io.kubernetes.")) {
      return JSON.getGson().fromJson(document, type);
    }
    try {
      return OTHERS.readValue(document.toString(), type);
    } catch (JsonProcessingException failure) {
      throw new IllegalArgumentException(failure.getMessage(), failure);
    }
  }
}
