// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX model in ONNX Runtime, on the CPU: one session, whose weights and memory arena all
 * encoders share. Thread-safe.
 *
 * <p>With one and with two threads a batch, the states of a window were measured to be the same,
 * bit for bit, at every batch size and row, for a given padded length.
 */
public final class OnnxEncoderFactory implements EncoderFactory {
  private static final ImmutableSet<String> KNOWN_INPUTS =
      ImmutableSet.of("input_ids", "attention_mask", "token_type_ids", "position_ids");

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxOutput output;

  private OnnxEncoderFactory(OrtEnvironment environment, OrtSession session, OnnxOutput output) {
    this.environment = environment;
    this.session = session;
    this.output = output;
  }

  /**
   * Loads {@code model}; each batch is computed by {@code threads} threads, the caller's among
   * them. Throws {@link InvalidModelException}.
   */
  public static OnnxEncoderFactory open(Path model, int threads) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession session = openSession(environment, model, threads);
      try {
        checkInputs(model, session.getInputInfo());
        OnnxOutput output = OnnxOutput.find(model, session.getOutputInfo());
        return new OnnxEncoderFactory(environment, session, output);
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new InvalidModelException(model, "not a model for ONNX Runtime", e);
    }
  }

  @Override
  public EngineIdentity engine() {
    return new EngineIdentity("onnxruntime", environment.getVersion(), "cpu");
  }

  @Override
  public int dimension() {
    return output.dimension();
  }

  @Override
  public Encoder open() {
    return new OnnxEncoder(environment, session, output);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new EmbeddingUnavailableException("session: cannot be closed", e);
    }
  }

  private static OrtSession openSession(OrtEnvironment environment, Path model, int threads)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Batches come in hundreds of shapes: a memory plan for each would be kept for ever.
      options.setMemoryPatternOptimization(false);
      options.setCPUArenaAllocator(true);
      return environment.createSession(model.toString(), options);
    }
  }

  private static void checkInputs(Path model, Map<String, NodeInfo> inputs) {
    Set<String> names = inputs.keySet();
    if (!KNOWN_INPUTS.containsAll(names) || !names.contains("input_ids")) {
      throw new InvalidModelException(
          model, "inputs: %s (expected: among %s)".formatted(names, KNOWN_INPUTS));
    }
    for (NodeInfo input : inputs.values()) {
      if (!(input.getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.INT64) {
        throw new InvalidModelException(
            model, "input %s: %s (expected: int64)".formatted(input.getName(), input.getInfo()));
      }
    }
  }
}
