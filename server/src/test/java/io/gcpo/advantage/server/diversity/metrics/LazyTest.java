// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LazyTest {

  @Test
  void get_value_isMadeWhenAskedForAndOnce() {
    List<String> calls = new ArrayList<>();
    Lazy<String> lazy =
        new Lazy<>(
            () -> {
              calls.add("made");
              return "value";
            });
    assertThat(calls).isEmpty();
    assertThat(lazy.get()).isSameAs(lazy.get()).isEqualTo("value");
    assertThat(calls).hasSize(1);
  }
}
