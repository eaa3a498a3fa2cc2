// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.tokenizer.Surrogates;

/**
 * SHA-256 over all that shapes an embedding: the model's fingerprint, the truncation policy and the
 * text as UTF-8. A line feed ends each of the first two, and neither holds one, so that different
 * contents never run into the same bytes. Immutable.
 */
final class ContentHash {
  private final byte[] fingerprint;

  ContentHash(String fingerprint) {
    this.fingerprint = (fingerprint + "\n").getBytes(UTF_8);
  }

  HashCode of(TextTask task) {
    return Hashing.sha256()
        .newHasher()
        .putBytes(fingerprint)
        .putString(task.truncationPolicy().name() + "\n", UTF_8)
        // As the tokenizer reads it; left alone, a lone surrogate would become a question mark.
        .putString(Surrogates.replaceLone(task.text()), UTF_8)
        .hash();
  }
}
