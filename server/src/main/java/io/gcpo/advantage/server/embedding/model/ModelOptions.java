// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

/**
 * What the operator decides about a model.
 *
 * @param maxInputTokens of one window, special tokens included; 0 for the model's own
 * @param prompt name of one of the model's prompts; empty for the model's own choice
 * @param modelFile the ONNX file inside the directory; empty for the usual one
 * @param sha256 what files must be before anything of the model is read
 */
public record ModelOptions(
    int maxInputTokens, String prompt, String modelFile, PinnedFiles sha256) {
  /** As the model says. */
  public static final ModelOptions NONE = new ModelOptions(0, "", "", PinnedFiles.NONE);
}
