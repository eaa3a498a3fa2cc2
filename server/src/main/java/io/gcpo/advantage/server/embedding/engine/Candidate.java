// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import com.google.common.base.Joiner;
import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EncodingEngine;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.util.List;
import java.util.Optional;

/** An engine on devices, before anybody asked whether it can. */
record Candidate(EncodingEngine engine, List<Device> devices) {

  /** Why the engine cannot run {@code model} on one of the devices; empty if it can on all. */
  Optional<String> refusal(ModelDirectory model) {
    for (Device device : devices) {
      Optional<String> refusal = engine.refusal(model, device);
      if (refusal.isPresent()) {
        return Optional.of("%s on %s: %s".formatted(engine.name(), device, refusal.get()));
      }
    }
    return Optional.empty();
  }

  /** The settings that ask for it. */
  String settings() {
    return "embedding.engine=%s embedding.device=%s".formatted(engine.name(), where());
  }

  /** For example {@code onnxruntime on cuda:0,cuda:1}. */
  @Override
  public String toString() {
    return engine.name() + " on " + where();
  }

  private String where() {
    return Joiner.on(',').join(devices);
  }
}
