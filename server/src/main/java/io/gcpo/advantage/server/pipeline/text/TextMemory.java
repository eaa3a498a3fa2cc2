// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.kernel.ComparedText;
import io.gcpo.advantage.server.diversity.kernel.TextFeatures;
import io.gcpo.advantage.server.embedding.ContentDigest;
import io.gcpo.advantage.server.embedding.DigestedText;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The texts that were submitted, and what kernels read of them, as long as there is room. What it
 * gives is equal, bit for bit, to what the text itself would give. Thread-safe.
 */
public final class TextMemory {
  private final TextCache cache;
  private final TextCacheObserver observer;
  private final long maxBytes;

  /** Empty. */
  public TextMemory(TextsConfig config, TextCacheObserver observer) {
    this.cache = new TextCache(config.cacheBytes(), observer);
    this.observer = observer;
    this.maxBytes = config.cacheBytes();
  }

  /** How much it keeps; 0: nothing. */
  public long maxBytes() {
    return maxBytes;
  }

  /** Keeps a text, well-formed Unicode. */
  public void keep(DigestedText text) {
    if (maxBytes > 0) {
      cache.keep(text);
    }
  }

  /** Extracts these features of a text and keeps them, unless they are kept. */
  void read(DigestedText text, TextFeatures wanted) {
    if (cache.features(text.digest(), wanted).isEmpty()) {
      cache.keep(text.digest(), wanted, wanted.of(text.text()));
    }
  }

  /** The text of this digest; empty where it is not kept, or no longer. */
  public Optional<String> find(ContentDigest digest) {
    Optional<String> text = cache.text(digest);
    observer.lookedUp(Kind.TEXT, text.isPresent());
    return text;
  }

  /**
   * The text of this digest as far as a kernel looks at it: kept features, or from the kept text
   * those that are not kept. Empty where some are neither.
   *
   * @param wanted all that it will be asked for
   */
  public Optional<ComparedText> find(ContentDigest digest, Set<TextFeatures> wanted) {
    Map<TextFeatures, FeatureBag> found = new HashMap<>();
    for (TextFeatures which : wanted) {
      Optional<FeatureBag> features = features(digest, which).or(() -> extract(digest, which));
      if (features.isEmpty()) {
        return Optional.empty();
      }
      found.put(which, features.get());
    }
    return Optional.of(new KnownFeatures(Map.copyOf(found)));
  }

  /** A text that is at hand, with those of its features that are kept. */
  public ComparedText compared(DigestedText text) {
    return maxBytes == 0
        ? ComparedText.of(text.text())
        : wanted -> features(text.digest(), wanted).orElseGet(() -> wanted.of(text.text()));
  }

  private Optional<FeatureBag> features(ContentDigest digest, TextFeatures which) {
    Optional<FeatureBag> features = cache.features(digest, which);
    observer.lookedUp(Kind.FEATURES, features.isPresent());
    return features;
  }

  private Optional<FeatureBag> extract(ContentDigest digest, TextFeatures which) {
    Optional<FeatureBag> features = find(digest).map(which::of);
    features.ifPresent(bag -> cache.keep(digest, which, bag));
    return features;
  }

  private record KnownFeatures(Map<TextFeatures, FeatureBag> known) implements ComparedText {
    @Override
    public FeatureBag features(TextFeatures wanted) {
      FeatureBag features = known.get(wanted);
      if (features == null) {
        throw new IllegalStateException(wanted + ": not known (expected: one of " + known + ")");
      }
      return features;
    }
  }
}
