// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashCode;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the cache knows of one request. Immutable.
 *
 * @param known for each text of the request, in order
 * @param missing the texts that are not known, in order
 * @param missingContents the hash of each of these
 */
record PartialAnswer(
    ImmutableList<Optional<TextOutcome.Embedded>> known,
    ImmutableList<TextTask> missing,
    ImmutableList<HashCode> missingContents) {

  /** Looks each text up by the hash of its content. */
  static PartialAnswer of(List<TextTask> texts, List<HashCode> contents, EmbeddingCache cache) {
    ImmutableList.Builder<Optional<TextOutcome.Embedded>> known = ImmutableList.builder();
    ImmutableList.Builder<TextTask> missing = ImmutableList.builder();
    ImmutableList.Builder<HashCode> missingContents = ImmutableList.builder();
    for (int i = 0; i < texts.size(); i++) {
      Optional<TextOutcome.Embedded> found = cache.find(contents.get(i));
      known.add(found);
      if (found.isEmpty()) {
        missing.add(texts.get(i));
        missingContents.add(contents.get(i));
      }
    }
    return new PartialAnswer(known.build(), missing.build(), missingContents.build());
  }

  /** The outcome of every text of the request, given those of the missing ones, in order. */
  List<TextOutcome> completedWith(List<TextOutcome> outcomesOfMissing) {
    Iterator<TextOutcome> rest = outcomesOfMissing.iterator();
    ImmutableList.Builder<TextOutcome> all = ImmutableList.builderWithExpectedSize(known.size());
    for (Optional<TextOutcome.Embedded> found : known) {
      all.add(found.isPresent() ? found.get() : rest.next());
    }
    return all.build();
  }
}
