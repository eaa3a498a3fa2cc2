// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;
import java.util.List;

/**
 * An ONNX model in ONNX Runtime, on one device: one session, whose weights and memory arena all
 * encoders share. Thread-safe.
 *
 * <p>On the processor, with one and with two threads a batch, the states of a window of a float32
 * model were measured to be the same, bit for bit, at every batch size and row, for a given padded
 * length; {@link RowTrial} asks each model once. On a GPU this is not promised: its library chooses
 * kernels by the number of rows.
 */
public final class OnnxEncoderFactory implements EncoderFactory {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Device device;
  private final OnnxSignature signature;
  private final boolean independentOfRows;

  private OnnxEncoderFactory(
      OrtEnvironment environment, OrtSession session, Device device, OnnxSignature signature) {
    this.environment = environment;
    this.session = session;
    this.device = device;
    this.signature = signature;
    try (Encoder encoder = open()) {
      this.independentOfRows =
          device.equals(Device.CPU) && RowTrial.isIndependent(encoder, dimension());
    }
  }

  /** {@link #open(Path, Device, int)} on the processor. */
  public static OnnxEncoderFactory open(Path model, int threads) {
    return open(model, Device.CPU, threads);
  }

  /**
   * Loads {@code model}; each batch is computed by {@code threads} threads, the caller's among
   * them. Throws {@link InvalidModelException}.
   */
  public static OnnxEncoderFactory open(Path model, Device device, int threads) {
    try {
      OrtEnvironment environment = OnnxEnvironment.get();
      OrtSession session = OnnxSession.open(environment, model, device, threads);
      try {
        OnnxSignature signature = OnnxSignature.of(model, session);
        return new OnnxEncoderFactory(environment, session, device, signature);
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new InvalidModelException(
          model, "ONNX Runtime cannot open it on %s: %s".formatted(device, e.getMessage()), e);
    }
  }

  @Override
  public EngineIdentity engine() {
    return new EngineIdentity("onnxruntime", environment.getVersion(), device.toString());
  }

  @Override
  public int dimension() {
    return signature.output().dimension();
  }

  /** Whether all tokens of a window have its one vector, which the graph pooled itself. */
  boolean isPooled() {
    return signature.output().pooled();
  }

  @Override
  public boolean independentOfRows() {
    return independentOfRows;
  }

  @Override
  public List<Device> devices() {
    return List.of(device);
  }

  @Override
  public Encoder open() {
    return new OnnxEncoder(environment, session, signature);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new EmbeddingUnavailableException("session: cannot be closed", e);
    }
  }
}
