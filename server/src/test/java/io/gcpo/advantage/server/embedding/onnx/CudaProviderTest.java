// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import org.junit.jupiter.api.Test;

/** GPU 999 is on no machine, so that these hold with and without CUDA in the build. */
final class CudaProviderTest {
  private static final int MISSING = 999;

  @Test
  void refusal_missingGpu_saysWhy() {
    boolean built = OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);

    assertThat(new OnnxEngine().refusal(GoldenEmbeddings.model(), Device.parse("cuda:999")))
        .hasValueSatisfying(
            refusal ->
                assertThat(refusal)
                    .startsWith(
                        built
                            ? "the CUDA provider cannot be used (it needs an NVIDIA driver,"
                            : "no CUDA execution provider in this build (-Pcuda12 has it)"));
  }

  @Test
  void refusal_processor_none() {
    assertThat(new OnnxEngine().refusal(GoldenEmbeddings.model(), Device.CPU)).isEmpty();
  }

  @Test
  void addTo_missingGpu_sessionIsNotOpenedElsewhere() throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      assertThatThrownBy(
              () -> {
                CudaProvider.addTo(options, MISSING);
                OrtEnvironment.getEnvironment()
                    .createSession(GoldenEmbeddings.model().modelFile().toString(), options);
              })
          .isInstanceOf(OrtException.class);
    }
  }

  @Test
  void open_missingGpu_namesModelAndDevice() {
    assertThatThrownBy(
            () -> new OnnxEngine().open(GoldenEmbeddings.model(), Device.parse("cuda:999"), 1))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.onnx: ONNX Runtime cannot open it on cuda:999: ");
  }
}
