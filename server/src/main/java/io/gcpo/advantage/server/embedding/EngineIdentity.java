// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * What runs the model.
 *
 * @param name for example {@code onnxruntime}
 * @param version the library's
 * @param device for example {@code cpu} or {@code cuda:0,cuda:1}
 * @param reason why this engine on this device, in one sentence; empty if nobody chose
 * @param deterministic whether an embedding is the same bits in any company
 */
public record EngineIdentity(
    String name, String version, String device, String reason, boolean deterministic) {

  /** Before anybody chose between engines, and of which nothing is promised. */
  public EngineIdentity(String name, String version, String device) {
    this(name, version, device, "", false);
  }

  /** The same, that was chosen for this reason. */
  public EngineIdentity chosen(String devices, String why) {
    return new EngineIdentity(name, version, devices, why, deterministic);
  }

  /** The same with {@link #deterministic}. */
  public EngineIdentity deterministic(boolean promised) {
    return new EngineIdentity(name, version, device, reason, promised);
  }
}
