// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final class Switch implements ReadinessCheck {
    private final String component;
    private boolean on;

    Switch(String component, boolean on) {
      this.component = component;
      this.on = on;
    }

    @Override
    public String component() {
      return component;
    }

    @Override
    public boolean isReady() {
      return on;
    }
  }

  private final Switch grpc = new Switch("grpc", true);
  private final Switch embedding = new Switch("embedding", false);
  private final Readiness readiness = new Readiness(() -> Set.of(grpc, embedding));
  private final List<Boolean> heard = new ArrayList<>();

  @Test
  void isReady_everyCheckSaysYes_isTrue() {
    assertThat(readiness.isReady()).isFalse();
    assertThat(readiness.components())
        .containsExactly(entry("embedding", false), entry("grpc", true));
    embedding.on = true;
    assertThat(readiness.isReady()).isTrue();
  }

  @Test
  void startDraining_ready_saysNoForGood() {
    embedding.on = true;
    readiness.addListener(heard::add);
    readiness.startDraining();
    readiness.startDraining();
    readiness.refresh();
    assertThat(readiness.isReady()).isFalse();
    assertThat(readiness.isDraining()).isTrue();
    assertThat(readiness.components()).containsValue(true);
    assertThat(heard).containsExactly(true, false);
  }

  @Test
  void refresh_answerChanged_tellsOnce() {
    readiness.addListener(heard::add);
    readiness.refresh();
    embedding.on = true;
    readiness.refresh();
    readiness.refresh();
    grpc.on = false;
    readiness.refresh();
    assertThat(heard).containsExactly(false, true, false);
  }
}
