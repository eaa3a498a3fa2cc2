// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.nio.file.Path;

/** The model cannot be used; names the file and what is wrong with it. */
public final class InvalidModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code problem} is for example {@code missing (expected: an ONNX model)}. */
  public InvalidModelException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /** {@code problem} is for example {@code not an ONNX model}. */
  public InvalidModelException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
