// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EncodingEngine;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Chooses the engine and the devices: the first that can, of ND4J on CUDA, ONNX Runtime on CUDA,
 * ONNX Runtime on the processor and ND4J on the processor, and that the settings allow. With the
 * device left open, CUDA means {@code cuda:0}: further GPUs are used only when they are named,
 * since a trainer may want them. Immutable; what an engine says is all it depends on.
 */
public final class EngineChooser {
  private static final ImmutableList<Device> PROCESSOR = ImmutableList.of(Device.CPU);
  private static final ImmutableList<Device> FIRST_GPU =
      ImmutableList.of(new Device(OptionalInt.of(0)));

  private final ImmutableList<EncodingEngine> engines;

  /** {@code engines} of this distribution, in any order. */
  public EngineChooser(List<EncodingEngine> engines) {
    this.engines = ImmutableList.copyOf(engines);
  }

  /**
   * Asks the engines one after the other. Throws {@link IllegalArgumentException} with every
   * refusal and what would work instead, if none can.
   */
  public EngineChoice choose(EngineSetting engine, DeviceSetting device, ModelDirectory model) {
    List<String> refusals = new ArrayList<>();
    for (Candidate candidate : candidates(engine, device)) {
      Optional<String> refusal = candidate.refusal(model);
      if (refusal.isEmpty()) {
        return new EngineChoice(
            candidate.engine(),
            candidate.devices(),
            candidate + ": " + reason(engine, device, refusals));
      }
      refusals.add(refusal.get());
    }
    throw new IllegalArgumentException(problem(engine, device, model, refusals));
  }

  private static String reason(EngineSetting engine, DeviceSetting device, List<String> refusals) {
    if (!refusals.isEmpty()) {
      return String.join("; ", refusals);
    }
    return engine == EngineSetting.AUTO || device.devices().isEmpty()
        ? "the first in the order of preference that the settings leave open"
        : "as the settings say";
  }

  private String problem(
      EngineSetting engine, DeviceSetting device, ModelDirectory model, List<String> refusals) {
    String found =
        refusals.isEmpty() ? engine + ": not in this distribution" : String.join("; ", refusals);
    List<Candidate> others = new ArrayList<>(candidates(EngineSetting.AUTO, device));
    others.addAll(candidates(EngineSetting.AUTO, DeviceSetting.AUTO));
    String usable =
        others.stream()
            .filter(candidate -> candidate.refusal(model).isEmpty())
            .findFirst()
            .map(Candidate::settings)
            .orElse("a distribution or a model that fits");
    return "embedding.engine: %s on %s cannot run %s: %s (expected: %s)"
        .formatted(engine, device, model.name(), found, usable);
  }

  private List<Candidate> candidates(EngineSetting engine, DeviceSetting device) {
    List<Candidate> candidates = new ArrayList<>();
    boolean open = device.devices().isEmpty();
    boolean processor = device.devices().equals(PROCESSOR);
    if (!processor) {
      List<Device> gpus = open ? FIRST_GPU : device.devices();
      allowed(engine, EngineSetting.ND4J)
          .forEach(each -> candidates.add(new Candidate(each, gpus)));
    }
    if (open || processor) {
      allowed(engine, EngineSetting.ONNXRUNTIME)
          .forEach(each -> candidates.add(new Candidate(each, PROCESSOR)));
    }
    return candidates;
  }

  private Stream<EncodingEngine> allowed(EngineSetting setting, EngineSetting first) {
    return engines.stream()
        .filter(setting::allows)
        .sorted(Comparator.comparing(engine -> !first.allows(engine)));
  }
}
