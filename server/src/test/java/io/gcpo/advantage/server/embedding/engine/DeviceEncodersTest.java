// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.testing.Models;
import org.junit.jupiter.api.Test;

final class DeviceEncodersTest {
  private static final ModelDirectory MODEL = Models.fake("tiny", 128);

  @Test
  void open_twoDevices_goesRound() {
    FakeEngine engine = new FakeEngine("nd4j", "cuda:0", "cuda:1");

    try (DeviceEncoders encoders = open(engine, "cuda:0,cuda:1")) {
      for (int i = 0; i < 4; i++) {
        encoders.open().close();
      }
      assertThat(encoders.devices()).hasToString("[cuda:0, cuda:1]");
      assertThat(encoders.independentOfRows()).isFalse();
      assertThat(encoders.dimension()).isEqualTo(5);
      assertThat(encoders.engine())
          .isEqualTo(new EngineIdentity("nd4j", "7", "cuda:0,cuda:1", "because", false));
    }

    assertThat(engine.events)
        .containsExactly(
            "load cuda:0",
            "load cuda:1",
            "open cuda:0",
            "close cuda:0",
            "open cuda:1",
            "close cuda:1",
            "open cuda:0",
            "close cuda:0",
            "open cuda:1",
            "close cuda:1",
            "unload cuda:0",
            "unload cuda:1");
  }

  @Test
  void open_secondDeviceFails_firstIsUnloaded() {
    FakeEngine engine = new FakeEngine("nd4j", "cuda:0");

    assertThatThrownBy(() -> open(engine, "cuda:0,cuda:1"))
        .isInstanceOf(EmbeddingUnavailableException.class);
    assertThat(engine.events).containsExactly("load cuda:0", "unload cuda:0");
  }

  @Test
  void open_unloadingFailsToo_theRestIsUnloadedAndTheCauseKept() {
    FakeEngine engine = new FakeEngine("nd4j", "cuda:0", "cuda:1").stuck("cuda:0");

    assertThatThrownBy(() -> open(engine, "cuda:0,cuda:1,cuda:2"))
        .hasMessage("no driver for cuda:2")
        .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessage("stuck: cuda:0"));
    assertThat(engine.events)
        .containsExactly("load cuda:0", "load cuda:1", "unload cuda:0", "unload cuda:1");
  }

  @Test
  void close_oneFails_theOthersAreUnloaded() {
    FakeEngine engine = new FakeEngine("nd4j", "cuda:0", "cuda:1").stuck("cuda:0").stuck("cuda:1");
    DeviceEncoders encoders = open(engine, "cuda:0,cuda:1");

    assertThatThrownBy(encoders::close)
        .hasMessage("stuck: cuda:0")
        .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessage("stuck: cuda:1"));
    assertThat(engine.events).endsWith("unload cuda:0", "unload cuda:1");
  }

  private static DeviceEncoders open(FakeEngine engine, String devices) {
    EngineChoice choice =
        new EngineChoice(engine, DeviceSetting.parse(devices).devices(), "because");
    return DeviceEncoders.open(choice, MODEL, 5);
  }
}
