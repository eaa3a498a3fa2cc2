// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OrtException;
import io.gcpo.advantage.server.embedding.DeviceMemoryException;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import java.util.List;
import java.util.Locale;

/**
 * What a failed run of ONNX Runtime stands for. Its codes do not tell a lack of memory from another
 * failure, only its messages do.
 */
final class OnnxFailure {
  /** Of its arena without and with a limit, of C++, of CUDA, of cuBLAS and cuDNN. */
  private static final List<String> NO_MEMORY =
      List.of(
          "failed to allocate memory",
          "smaller than requested bytes",
          "bad_alloc",
          "bad allocation",
          "out of memory",
          "status_alloc_failed");

  private OnnxFailure() {}

  static RuntimeException of(OrtException failure) {
    String message = String.valueOf(failure.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    return NO_MEMORY.stream().anyMatch(lower::contains)
        ? new DeviceMemoryException("onnxruntime: " + message, failure)
        : new EmbeddingUnavailableException("onnxruntime: " + message, failure);
  }
}
