// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Refusals.assertRefused;
import static io.gcpo.advantage.server.testing.Groups.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.advantage.gold.GoldParameters;
import io.gcpo.advantage.server.advantage.importance.ImportanceParameters;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.similarity.KernelParameters;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.Groups;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.GoldConfig;
import io.gcpo.advantage.v1.ImportanceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every declared parameter, just out of its range, is refused by its path and with its range. */
final class ParameterRangeTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.with(new FakeEmbedder(), Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<AdvantageEstimator> estimators() {
    return new EstimatorRegistry().all().stream();
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void estimatorParameters(AdvantageEstimator estimator) {
    for (Parameter<?> parameter : estimator.spec().parameters()) {
      for (Outside outside : outside(AdvantageConfig.newBuilder(), parameter)) {
        AdvantageConfig.Builder config = (AdvantageConfig.Builder) outside.message();
        config.setEstimator(ConfigWriter.estimator(estimator.spec().name()));
        assertOutside("config.", parameter, outside, config);
      }
    }
  }

  @Test
  void kernelParameters() {
    for (Parameter<?> parameter : KernelParameters.all()) {
      for (Outside outside : outside(AdvantageConfig.newBuilder(), parameter)) {
        AdvantageConfig.Builder config = (AdvantageConfig.Builder) outside.message();
        assertOutside("config.", parameter, outside, config);
      }
    }
  }

  @Test
  void goldParameters() {
    for (Parameter<?> parameter : GoldParameters.all()) {
      for (Outside outside : outside(GoldConfig.newBuilder(), parameter)) {
        GoldConfig gold = (GoldConfig) outside.message().build();
        assertOutside(
            "config.gold.", parameter, outside, AdvantageConfig.newBuilder().setGold(gold));
      }
    }
  }

  @Test
  void importanceParameters() {
    for (Parameter<?> parameter : ImportanceParameters.all()) {
      for (Outside outside : outside(ImportanceConfig.newBuilder(), parameter)) {
        ImportanceConfig importance = (ImportanceConfig) outside.message().build();
        assertOutside(
            "config.importance.",
            parameter,
            outside,
            AdvantageConfig.newBuilder().setImportance(importance));
      }
    }
  }

  private static void assertOutside(
      String path, Parameter<?> parameter, Outside outside, AdvantageConfig.Builder config) {
    ComputeAdvantagesRequest request =
        request(Groups.sound("a")).toBuilder().setConfig(config).build();
    assertRefused(
        () -> server.client().compute(request),
        "INVALID_FIELD",
        "%s%s: %s (expected: %s)"
            .formatted(path, parameter.name(), outside.written(), parameter.range()));
  }

  /** A value out of range in its message, and how a refusal writes it. */
  private record Outside(Message.Builder message, String written) {}

  private static List<Outside> outside(Message.Builder empty, Parameter<?> parameter) {
    FieldDescriptor field = empty.getDescriptorForType().findFieldByName(parameter.name());
    List<Object> values = new ArrayList<>();
    if (parameter instanceof Parameter.Real real) {
      values.add(real.minExclusive() ? real.min() : Math.nextDown(real.min()));
      values.add(Math.nextUp(real.max()));
      values.add(Double.NaN);
    } else if (parameter instanceof Parameter.Whole whole) {
      if (whole.min() > 0) {
        values.add(whole.min() - 1);
      }
      values.add(whole.max() + 1);
    } else if (parameter instanceof Parameter.Choice<?>) {
      values.add(field.getEnumType().findValueByNumberCreatingIfUnknown(99));
    } else if (parameter instanceof Parameter.Weights weights) {
      Message.Builder entry = empty.clone().newBuilderForField(field);
      entry.setField(entry.getDescriptorForType().findFieldByName("key"), "a");
      entry.setField(
          entry.getDescriptorForType().findFieldByName("value"), Math.nextUp(weights.max()));
      return List.of(
          new Outside(
              empty.clone().addRepeatedField(field, entry.build()),
              "{a=" + Math.nextUp(weights.max()) + "}"));
    }
    assertThat(values).as(parameter.name()).isNotEmpty();
    return values.stream()
        .map(value -> new Outside(empty.clone().setField(field, value), written(value)))
        .toList();
  }

  private static String written(Object value) {
    if (value instanceof EnumValueDescriptor constant) {
      return Integer.toString(constant.getNumber());
    }
    return value instanceof Integer number ? Integer.toUnsignedString(number) : value.toString();
  }
}
