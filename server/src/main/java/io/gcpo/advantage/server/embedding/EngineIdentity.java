// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * What runs the model.
 *
 * @param name for example {@code onnxruntime}
 * @param version the library's
 * @param device for example {@code cpu} or {@code cuda:0,cuda:1}
 * @param reason why this engine on this device, in one sentence; empty if nobody chose
 */
public record EngineIdentity(String name, String version, String device, String reason) {

  /** Before anybody chose between engines. */
  public EngineIdentity(String name, String version, String device) {
    this(name, version, device, "");
  }
}
