// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import com.google.gson.Gson;
import io.gcpo.advantage.server.embedding.TokenIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The tiny tokenizers of {@code golden/tokenizers} and what they make of degenerate texts. */
final class GoldenTokenizers {
  /**
   * What the reference library said.
   *
   * @param characters code points of a text, at most
   * @param units by kind, what a text repeats
   * @param ids by tokenizer and kind
   */
  record References(
      int characters, Map<String, String> units, Map<String, Map<String, Digest>> ids) {
    Digest digest(String tokenizer, String kind) {
      return Objects.requireNonNull(Objects.requireNonNull(ids.get(tokenizer)).get(kind));
    }
  }

  /** How many ids, and the SHA-256 of them as 64-bit integers, little-endian. */
  record Digest(int count, String sha256) {
    static Digest of(TokenIds ids) {
      Hasher hasher = Hashing.sha256().newHasher();
      for (int i = 0; i < ids.length(); i++) {
        hasher.putLong(ids.get(i));
      }
      return new Digest(ids.length(), hasher.hash().toString());
    }
  }

  private GoldenTokenizers() {}

  static References references() {
    try {
      String json = Resources.toString(resource("/golden/tokenizers/references.json"), UTF_8);
      return new Gson().fromJson(json, References.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of the tokenizer that {@code references.json} calls {@code name}. */
  static Path file(String name) {
    String resource =
        name.equals("word_piece")
            ? "/golden/models/bert/tokenizer.json"
            : "/golden/tokenizers/" + name + ".json";
    try {
      return Path.of(resource(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code unit} as often as it fits into {@code characters} code points. */
  static String repeat(String unit, int characters) {
    return unit.repeat(characters / unit.codePointCount(0, unit.length()));
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(GoldenTokenizers.class.getResource(name), name);
  }
}
