// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.advantage.estimator.BatchEstimator;
import io.gcpo.advantage.server.advantage.estimator.EstimatorSpec;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.advantage.similarity.KernelParameters;
import io.gcpo.advantage.v1.EstimatorInfo;
import io.gcpo.advantage.v1.EstimatorInput;
import io.gcpo.advantage.v1.ParameterInfo;
import java.util.List;
import java.util.Locale;

/** Writes out what the code declares of estimators and their parameters. */
final class ParameterInfoWriter {
  private ParameterInfoWriter() {}

  static EstimatorInfo write(AdvantageEstimator estimator) {
    EstimatorSpec spec = estimator.spec();
    EstimatorInfo.Builder message =
        EstimatorInfo.newBuilder()
            .setEstimator(ConfigWriter.estimator(spec.name()))
            .setSummary(spec.summary())
            .setSource(spec.source())
            .addAllParameters(write(spec.parameters()))
            .setBatchLevel(estimator instanceof BatchEstimator);
    estimator.inputs(Parameters.defaultsOf(spec.parameters())).stream()
        .sorted()
        .map(input -> EstimatorInput.valueOf("ESTIMATOR_INPUT_" + input.name()))
        .forEach(message::addInputs);
    estimator.defaultKernel().map(KernelWriter::kernel).ifPresent(message::setDefaultKernel);
    return message.build();
  }

  static List<ParameterInfo> write(List<Parameter<?>> parameters) {
    return parameters.stream().map(ParameterInfoWriter::write).toList();
  }

  /** The knobs of similarity; what is left out depends on the kernel, and that on the estimator. */
  static List<ParameterInfo> writeKernel() {
    return KernelParameters.all().stream()
        .map(
            parameter ->
                parameter.equals(KernelParameters.CALIBRATION)
                    ? write(parameter)
                    : write(parameter).toBuilder().clearDefaultValue().build())
        .toList();
  }

  private static ParameterInfo write(Parameter<?> parameter) {
    return ParameterInfo.newBuilder()
        .setName(parameter.name())
        .setSummary(parameter.summary())
        .setDefaultValue(parameter.defaultValue().toString().toLowerCase(Locale.ROOT))
        .setRange(parameter.range())
        .build();
  }
}
