// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Estimator;

/** Writes a decided configuration out, every field that its estimator takes filled in. */
final class ConfigWriter {
  private ConfigWriter() {}

  static AdvantageConfig write(EstimatorChoice choice, TruncationPolicy truncationPolicy) {
    Descriptor type = AdvantageConfig.getDescriptor();
    AdvantageConfig.Builder config =
        AdvantageConfig.newBuilder()
            .setEstimator(estimator(choice.estimator().spec().name()))
            .setTruncationPolicy(
                io.gcpo.advantage.v1.TruncationPolicy.valueOf(
                    "TRUNCATION_POLICY_" + truncationPolicy.name()));
    for (Parameter<?> parameter : choice.estimator().spec().parameters()) {
      FieldDescriptor field = type.findFieldByName(parameter.name());
      if (field == null) {
        throw new IllegalStateException(parameter.name() + ": no such field in the contract");
      }
      Object value = choice.parameters().get(parameter);
      config.setField(
          field,
          value instanceof Enum<?> constant
              ? ProtoEnums.value(field.getEnumType(), constant.name())
              : value);
    }
    return config.build();
  }

  /** The wire's name of an estimator. */
  static Estimator estimator(String name) {
    return Estimator.valueOf(ProtoEnums.value(Estimator.getDescriptor(), name).getName());
  }
}
