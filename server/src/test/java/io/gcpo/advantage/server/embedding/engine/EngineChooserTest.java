// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.testing.Models;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EngineChooserTest {
  private static final ModelDirectory MODEL = Models.fake("tiny", 128);

  /** Devices that each engine can use; what is set; what is chosen. */
  @ParameterizedTest
  @CsvSource({
    "cpu cuda:0,        cpu cuda:0,        auto,        auto,   nd4j on cuda:0",
    "cpu,               cpu cuda:0,        auto,        auto,   onnxruntime on cuda:0",
    "cpu,               cpu,               auto,        auto,   onnxruntime on cpu",
    "cpu,               none,              auto,        auto,   nd4j on cpu",
    "cpu cuda:0,        cpu,               onnxruntime, auto,   onnxruntime on cpu",
    "cpu,               cpu cuda:0,        nd4j,        auto,   nd4j on cpu",
    "cpu cuda:0,        cpu cuda:0,        auto,        cpu,    onnxruntime on cpu",
    "cpu cuda:0,        cpu cuda:0,        nd4j,        cpu,    nd4j on cpu",
    "cpu cuda:0,        cpu cuda:0,        onnxruntime, cuda:0, onnxruntime on cuda:0",
    "cuda:0,            cpu cuda:0 cuda:1, auto,        cuda:1, onnxruntime on cuda:1",
    "cuda:0 cuda:1,     cuda:0 cuda:1,     auto,        cuda:0+cuda:1, 'nd4j on cuda:0,cuda:1'",
    "cuda:0,            cuda:0 cuda:1,     auto,        cuda:1+cuda:0, 'onnxruntime on cuda:1,cuda:0'",
  })
  void choose_firstThatCan(
      String nd4j, String onnxruntime, String engine, String device, String chosen) {
    EngineChoice choice =
        chooser(nd4j, onnxruntime)
            .choose(
                EngineSetting.valueOf(engine.toUpperCase(Locale.ROOT)),
                DeviceSetting.parse(device.replace('+', ',')),
                MODEL);

    assertThat(choice.engine().name() + " on " + new DeviceSetting(choice.devices()))
        .isEqualTo(chosen);
    assertThat(choice.reason()).startsWith(chosen + ": ");
  }

  @Test
  void choose_afterRefusals_reasonNamesThemInOrder() {
    assertThat(chooser("cpu", "cpu").choose(EngineSetting.AUTO, DeviceSetting.AUTO, MODEL).reason())
        .isEqualTo(
            "onnxruntime on cpu: nd4j on cuda:0: no driver for cuda:0;"
                + " onnxruntime on cuda:0: no driver for cuda:0");
  }

  @Test
  void choose_withoutRefusal_reasonSaysWhoDecided() {
    EngineChooser chooser = chooser("cuda:0", "cpu");

    assertThat(chooser.choose(EngineSetting.AUTO, DeviceSetting.AUTO, MODEL).reason())
        .isEqualTo(
            "nd4j on cuda:0: the first in the order of preference that the settings leave open");
    assertThat(
            chooser.choose(EngineSetting.ONNXRUNTIME, DeviceSetting.parse("cpu"), MODEL).reason())
        .isEqualTo("onnxruntime on cpu: as the settings say");
  }

  @Test
  void choose_setButUnusable_namesTheOtherEngineThatCan() {
    assertThatThrownBy(
            () ->
                chooser("cuda:0", "cpu")
                    .choose(EngineSetting.ONNXRUNTIME, DeviceSetting.parse("cuda:0"), MODEL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "embedding.engine: onnxruntime on cuda:0 cannot run tiny: onnxruntime on cuda:0: no"
                + " driver for cuda:0 (expected: embedding.engine=nd4j embedding.device=cuda:0)");
  }

  @Test
  void choose_noEngineOnThatDevice_namesWhatCan() {
    assertThatThrownBy(
            () ->
                chooser("none", "cpu")
                    .choose(EngineSetting.AUTO, DeviceSetting.parse("cuda:0,cuda:1"), MODEL))
        .hasMessageContaining("nd4j on cuda:0: no driver for cuda:0; onnxruntime on cuda:0: no")
        .hasMessageEndingWith("(expected: embedding.engine=onnxruntime embedding.device=cpu)");
  }

  @Test
  void choose_engineNotInTheDistribution_saysSo() {
    EngineChooser chooser = new EngineChooser(List.of(new FakeEngine("onnxruntime", "cpu")));

    assertThatThrownBy(() -> chooser.choose(EngineSetting.ND4J, DeviceSetting.AUTO, MODEL))
        .hasMessage(
            "embedding.engine: nd4j on auto cannot run tiny: nd4j: not in this distribution"
                + " (expected: embedding.engine=onnxruntime embedding.device=cpu)");
  }

  @Test
  void choose_nothingCan_saysSo() {
    assertThatThrownBy(
            () -> chooser("none", "none").choose(EngineSetting.AUTO, DeviceSetting.AUTO, MODEL))
        .hasMessageEndingWith("(expected: a distribution or a model that fits)");
  }

  /** Given in the order that is not the preferred one. */
  private static EngineChooser chooser(String nd4j, String onnxruntime) {
    return new EngineChooser(
        List.of(
            new FakeEngine("onnxruntime", onnxruntime.split(" ")),
            new FakeEngine("nd4j", nd4j.split(" "))));
  }
}
