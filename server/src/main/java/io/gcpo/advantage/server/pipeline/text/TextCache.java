// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.RemovalNotification;
import com.google.common.primitives.Ints;
import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.kernel.TextFeatures;
import io.gcpo.advantage.server.embedding.ContentDigest;
import io.gcpo.advantage.server.embedding.DigestedText;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver.Kind;
import java.util.Optional;

/**
 * Texts and their features by the digest of the text, up to a number of bytes of both together;
 * what was not used for longest leaves first. Thread-safe.
 */
final class TextCache {
  /**
   * Bytes of an entry beside its characters or features, rounded up: the objects and headers of key
   * and value, a table slot and the node of the order of use.
   */
  static final int OVERHEAD_BYTES = 256;

  private final Cache<Key, Entry> cache;
  private final TextCacheObserver observer;

  /** Keeps up to {@code maxBytes}; 0 keeps nothing. */
  TextCache(long maxBytes, TextCacheObserver observer) {
    this.observer = observer;
    this.cache =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1) // one order of use and one bound for all
            .maximumWeight(maxBytes)
            .<Key, Entry>weigher((key, entry) -> entry.bytes())
            .removalListener(this::removed)
            .build();
  }

  /** Keeps a text, well-formed Unicode. */
  void keep(DigestedText text) {
    Key key = new Key(text.digest(), Optional.empty());
    if (cache.getIfPresent(key) == null) {
      store(key, new KeptText(text.text()));
    }
  }

  /** Keeps the features of the text of this digest. */
  void keep(ContentDigest digest, TextFeatures which, FeatureBag features) {
    store(new Key(digest, Optional.of(which)), new KeptFeatures(features));
  }

  /** The text of this digest. */
  Optional<String> text(ContentDigest digest) {
    return cache.getIfPresent(new Key(digest, Optional.empty())) instanceof KeptText kept
        ? Optional.of(kept.text())
        : Optional.empty();
  }

  /** These features of the text of this digest. */
  Optional<FeatureBag> features(ContentDigest digest, TextFeatures which) {
    return cache.getIfPresent(new Key(digest, Optional.of(which))) instanceof KeptFeatures kept
        ? Optional.of(kept.features())
        : Optional.empty();
  }

  private void store(Key key, Entry entry) {
    if (cache.asMap().putIfAbsent(key, entry) == null) {
      observer.stored(entry.kind(), entry.bytes());
    }
  }

  private void removed(RemovalNotification<Key, Entry> removed) {
    Entry entry = removed.getValue();
    if (removed.wasEvicted() && entry != null) {
      observer.evicted(entry.kind(), entry.bytes());
    }
  }

  /**
   * What an entry is of.
   *
   * @param features empty: the text itself
   */
  private record Key(ContentDigest digest, Optional<TextFeatures> features) {}

  private sealed interface Entry {
    Kind kind();

    int bytes();
  }

  /** As UTF-8: a String takes twice the room as soon as one of its characters is not Latin. */
  private static final class KeptText implements Entry {
    private final byte[] utf8;

    KeptText(String text) {
      this.utf8 = text.getBytes(UTF_8);
    }

    String text() {
      return new String(utf8, UTF_8);
    }

    @Override
    public Kind kind() {
      return Kind.TEXT;
    }

    @Override
    public int bytes() {
      return Ints.saturatedCast(OVERHEAD_BYTES + (long) utf8.length);
    }
  }

  private record KeptFeatures(FeatureBag features) implements Entry {
    @Override
    public Kind kind() {
      return Kind.FEATURES;
    }

    @Override
    public int bytes() {
      return Ints.saturatedCast(OVERHEAD_BYTES + features.bytes());
    }
  }
}
