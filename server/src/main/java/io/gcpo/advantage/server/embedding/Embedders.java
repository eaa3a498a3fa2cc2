// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Optional;

/** The embedders of a server, one for each model. Immutable. */
public final class Embedders {
  private final ImmutableMap<String, TextEmbedder> byName;

  /** At least one; the first is the default. Their models have different names. */
  public Embedders(List<? extends TextEmbedder> embedders) {
    this.byName =
        Maps.uniqueIndex(ImmutableList.<TextEmbedder>copyOf(embedders), e -> e.model().name());
    if (byName.isEmpty()) {
      throw new IllegalArgumentException("embedders: none (expected: >= 1)");
    }
  }

  /** The one of a request that names no model. */
  public TextEmbedder first() {
    return all().get(0);
  }

  /** The one of the model {@code name}; the first, if that is empty. */
  public Optional<TextEmbedder> find(String name) {
    return name.isEmpty() ? Optional.of(first()) : Optional.ofNullable(byName.get(name));
  }

  /** In the order of the configuration. */
  public List<TextEmbedder> all() {
    return byName.values().asList();
  }
}
