// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.diversity.kernel.ComparedText;
import io.gcpo.advantage.server.diversity.kernel.TextFeatures;
import io.gcpo.advantage.server.diversity.steps.StepKind;
import io.gcpo.advantage.server.embedding.DigestedText;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TextMemoryTest {
  private static final TextFeatures STEPS = new TextFeatures.OfSteps(StepKind.AUTO);
  private static final TextFeatures WORDS = new TextFeatures.OfWords(2);
  private static final DigestedText TEXT = new DigestedText("2 + 3 = 5 \u00e9 \u4e2d \ud83d\ude00");

  private final RecordingTextCacheObserver observer = new RecordingTextCacheObserver();
  private final TextMemory memory = new TextMemory(new TextsConfig(1 << 20), observer);

  @Test
  void find_keptText_isEqual() {
    memory.keep(TEXT);

    assertThat(memory.find(TEXT.digest())).contains(TEXT.text());
    assertThat(memory.find(new DigestedText("other").digest())).isEmpty();
    assertThat(observer.found).containsExactly("TEXT true", "TEXT false");
  }

  @Test
  void find_features_areThoseOfTheText() {
    memory.keep(TEXT);
    memory.read(TEXT, STEPS);

    ComparedText found = memory.find(TEXT.digest(), Set.of(STEPS, WORDS)).orElseThrow();

    assertThat(found.features(STEPS)).isEqualTo(STEPS.of(TEXT.text()));
    assertThat(found.features(WORDS)).isEqualTo(WORDS.of(TEXT.text()));
    assertThat(observer.found)
        .containsExactlyInAnyOrder("FEATURES true", "FEATURES false", "TEXT true");
  }

  @Test
  void find_featuresExtractedOnce_areKept() {
    memory.keep(TEXT);
    assertThat(memory.find(TEXT.digest(), Set.of(WORDS))).isPresent();
    observer.found.clear();

    assertThat(memory.find(TEXT.digest(), Set.of(WORDS))).isPresent();

    assertThat(observer.found).containsExactly("FEATURES true");
  }

  @Test
  void find_readFeaturesWithoutTheText_isEnough() {
    memory.read(TEXT, WORDS);

    assertThat(memory.find(TEXT.digest(), Set.of(WORDS))).isPresent();
    assertThat(memory.find(TEXT.digest(), Set.of(WORDS, STEPS))).isEmpty();
  }

  @Test
  void found_askedForMore_isADefect() {
    memory.keep(TEXT);
    ComparedText found = memory.find(TEXT.digest(), Set.of(WORDS)).orElseThrow();

    assertThatThrownBy(() -> found.features(STEPS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("OfSteps[kind=AUTO]: not known (expected: one of ");
  }

  @Test
  void compared_givenText_isReadOnlyWhereNothingIsKept() {
    assertThat(memory.compared(TEXT).features(WORDS)).isEqualTo(WORDS.of(TEXT.text()));
    assertThat(observer.stored).isEmpty();
    memory.read(TEXT, WORDS);

    assertThat(memory.compared(TEXT).features(WORDS))
        .isSameAs(memory.find(TEXT.digest(), Set.of(WORDS)).orElseThrow().features(WORDS));
  }

  @Test
  void bytes_weighTextsAndFeatures() {
    memory.keep(TEXT);
    memory.keep(TEXT);
    memory.read(TEXT, WORDS);
    memory.read(TEXT, WORDS);

    // "2 + 3 = 5 ", 2 of é, 1, 3 of the ideograph, 1, 4 of the face
    assertThat(observer.stored)
        .containsExactly(
            "TEXT " + (TextCache.OVERHEAD_BYTES + 21),
            "FEATURES " + (TextCache.OVERHEAD_BYTES + 16 * WORDS.of(TEXT.text()).distinct()));
  }

  @Test
  void keep_moreThanFits_leavesTheLatest() {
    int entry = TextCache.OVERHEAD_BYTES + 1;
    TextMemory small = new TextMemory(new TextsConfig(3L * entry), observer);

    for (char text = 'a'; text <= 'z'; text++) {
      small.keep(new DigestedText(Character.toString(text)));
      assertThat(small.find(new DigestedText("a").digest())).contains("a");
    }

    assertThat(observer.evicted).hasSize(23).containsOnly("TEXT " + entry);
    assertThat(small.find(new DigestedText("z").digest())).contains("z");
    assertThat(small.find(new DigestedText("y").digest())).contains("y");
    assertThat(small.find(new DigestedText("x").digest())).isEmpty();
  }

  @Test
  void noBytes_keepsNothing() {
    TextMemory none = new TextMemory(new TextsConfig(0), observer);
    none.keep(TEXT);

    assertThat(none.find(TEXT.digest())).isEmpty();
    assertThat(none.compared(TEXT).features(WORDS)).isEqualTo(WORDS.of(TEXT.text()));
    assertThat(observer.stored).isEmpty();
    assertThat(observer.found).containsExactly("TEXT false");
  }
}
