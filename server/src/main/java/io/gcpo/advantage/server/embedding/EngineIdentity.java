// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * What runs the model.
 *
 * @param name for example {@code onnxruntime}
 * @param version the library's
 * @param device for example {@code cpu}
 */
public record EngineIdentity(String name, String version, String device) {}
