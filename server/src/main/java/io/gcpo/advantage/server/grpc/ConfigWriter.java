// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.gold.GoldParameters;
import io.gcpo.advantage.server.advantage.importance.ImportanceParameters;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Estimator;
import java.util.List;
import java.util.Map;

/** Writes a decided configuration out, every field that its estimator takes filled in. */
final class ConfigWriter {
  private ConfigWriter() {}

  static AdvantageConfig write(ResolvedConfig resolved) {
    AdvantageSettings settings = resolved.settings();
    AdvantageConfig.Builder config =
        AdvantageConfig.newBuilder()
            .setEstimator(estimator(settings.choice().estimator().spec().name()))
            .setTruncationPolicy(
                io.gcpo.advantage.v1.TruncationPolicy.valueOf(
                    "TRUNCATION_POLICY_" + resolved.truncationPolicy().name()));
    write(
        settings.choice().parameters(), settings.choice().estimator().spec().parameters(), config);
    settings.gold().ifPresent(gold -> write(gold, GoldParameters.all(), config.getGoldBuilder()));
    KernelWriter.write(settings.kernel(), config);
    write(settings.importance(), ImportanceParameters.all(), config.getImportanceBuilder());
    return config.build();
  }

  /** The wire's name of an estimator. */
  static Estimator estimator(String name) {
    return Estimator.valueOf(ProtoEnums.value(Estimator.getDescriptor(), name).getName());
  }

  private static void write(
      Parameters parameters, List<Parameter<?>> declared, Message.Builder message) {
    for (Parameter<?> parameter : declared) {
      FieldDescriptor field = message.getDescriptorForType().findFieldByName(parameter.name());
      if (field == null) {
        throw new IllegalStateException(parameter.name() + ": no such field in the contract");
      }
      Object value = parameters.get(parameter);
      if (value instanceof Map<?, ?> map) {
        map.forEach(
            (name, weight) -> message.addRepeatedField(field, entry(message, field, name, weight)));
      } else {
        message.setField(
            field,
            value instanceof Enum<?> constant
                ? ProtoEnums.value(field.getEnumType(), constant.name())
                : value);
      }
    }
  }

  private static Message entry(
      Message.Builder message, FieldDescriptor field, Object name, Object weight) {
    Message.Builder entry = message.newBuilderForField(field);
    entry.setField(entry.getDescriptorForType().findFieldByName("key"), name);
    entry.setField(entry.getDescriptorForType().findFieldByName("value"), weight);
    return entry.build();
  }
}
