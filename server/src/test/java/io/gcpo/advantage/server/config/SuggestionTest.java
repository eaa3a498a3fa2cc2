// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  @ParameterizedTest
  @CsvSource({"'','',0", "'',abc,3", "kitten,sitting,3", "port,prot,2", "same,same,0", "ab,b,1"})
  void distance_knownPairs_isLevenshtein(String a, String b, int expected) {
    assertThat(Suggestion.distance(a, b)).isEqualTo(expected);
    assertThat(Suggestion.distance(b, a)).isEqualTo(expected);
  }

  @Test
  void of_severalNear_isNearestThenAlphabetical() {
    assertThat(Suggestion.of("grpc.ports", List.of("grpc.prots", "grpc.port")))
        .contains("grpc.port");
    assertThat(Suggestion.of("ax", List.of("az", "ay"))).contains("ay");
  }

  @Test
  void of_nothingNear_isEmpty() {
    assertThat(Suggestion.of("grpc.port", List.of("embedding.model"))).isEmpty();
    assertThat(Suggestion.of("a", List.of())).isEmpty();
  }
}
