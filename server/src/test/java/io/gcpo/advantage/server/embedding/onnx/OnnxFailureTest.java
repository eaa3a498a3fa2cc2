// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.gcpo.advantage.server.embedding.DeviceMemoryException;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as ONNX Runtime writes them: only they tell a lack of memory from anything else. */
final class OnnxFailureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        // The arena, where the device gives no more, and where it has a limit.
        "Non-zero status code returned while running MatMul node. Name:'MatMul_92' Status Message:"
            + " bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool,"
            + " onnxruntime::Stream*) Failed to allocate memory for requested buffer of size"
            + " 8388608000",
        "Non-zero status code returned while running Cast node. Name:'graph_output_cast0' Status"
            + " Message: BFCArena::AllocateRawInternal Available memory of 34699008 is smaller than"
            + " requested bytes of 945041920",
        // The processor's allocator; the second is what Windows says.
        "Non-zero status code returned while running Softmax node. Name:'' Status Message:"
            + " std::bad_alloc",
        "Non-zero status code returned while running Softmax node. Name:'' Status Message: bad"
            + " allocation",
        // CUDA, cuBLAS and cuDNN.
        "CUDA failure 2: out of memory ; GPU=0 ; file=cuda_allocator.cc ; line=47 ;"
            + " expr=cudaMalloc((void**)&p, size);",
        "CUDA error cudaErrorMemoryAllocation:out of memory",
        "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0 ; expr=cublasCreate(&cublas_handle_);",
        "CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED ; GPU=0 ; expr=cudnnCreate(&cudnn_handle_);"
      })
  void lackOfMemory_maySucceedInASmallerBatch(String message) {
    RuntimeException failure =
        OnnxFailure.of(new OrtException(OrtException.OrtErrorCode.ORT_RUNTIME_EXCEPTION, message));

    assertThat(failure).isInstanceOf(DeviceMemoryException.class).hasMessageContaining(message);
    assertThat(EmbeddingFailure.of(failure)).isEqualTo(EmbeddingFailure.DEVICE_OOM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Non-zero status code returned while running Gather node. Name:'/embeddings/Gather' Status"
            + " Message: indices element out of data bounds, idx=30522 must be within the inclusive"
            + " range [-30522,30521]",
        "Got invalid dimensions for input: input_ids for the following indices index: 1 Got: 8"
            + " Expected: 16 Please fix either the inputs/outputs or the model.",
        "CUDA failure 700: an illegal memory access was encountered ; GPU=0 ;"
            + " expr=cudaStreamSynchronize(stream);",
        "CUDA failure 999: unknown error ; GPU=0",
        "CUBLAS failure 13: CUBLAS_STATUS_EXECUTION_FAILED ; GPU=0",
        "Exiting due to terminate flag being set to true."
      })
  void anythingElse_isTheWorkers(String message) {
    RuntimeException failure =
        OnnxFailure.of(new OrtException(OrtException.OrtErrorCode.ORT_RUNTIME_EXCEPTION, message));

    assertThat(failure)
        .isInstanceOf(EmbeddingUnavailableException.class)
        .hasMessageContaining(message);
    assertThat(EmbeddingFailure.of(failure)).isEqualTo(EmbeddingFailure.WORKER_RESTARTING);
  }

  @Test
  void noMessage_isTheWorkers() {
    assertThat(OnnxFailure.of(new OrtException((String) null)))
        .isInstanceOf(EmbeddingUnavailableException.class);
  }
}
