// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The Java binding gives its environment back in a shutdown hook of its own, which runs beside ours: at
 * SIGTERM, while the server finishes the calls that it has. Batches that succeed do not notice; one that
 * fails then is logged by a logger that is gone, and the process dies by SIGSEGV (onnxruntime issue
 * 31352). The native environment counts those who hold it, but the binding lets nobody hold it again: so
 * its own method is called once more, and what that returns is never given back. Where a later binding
 * has no such method the server works as well, but for those last seconds.
 */
/** ONNX Runtime's environment, which lasts as long as the process does. */
final class OnnxEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxEnvironment.class);
  private static final OrtEnvironment ENVIRONMENT = lasting();

  private OnnxEnvironment() {}

  static OrtEnvironment get() {
    return ENVIRONMENT;
  }

  private static OrtEnvironment lasting() {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      Method hold =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      hold.setAccessible(true);
      hold.invoke(
          null,
          api.getLong(null),
          OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(),
          "gcpo-advantage");
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn("ONNX Runtime may be gone before the last batch of a stop", e);
    }
    return environment;
  }
}
