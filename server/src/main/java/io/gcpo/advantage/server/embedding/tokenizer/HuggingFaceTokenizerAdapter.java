// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import java.io.IOException;
import java.nio.file.Path;

/*
 * The texts go one by one through the native library's own entry points, ids only. That is as fast
 * as the batch calls of DJL, which build the strings, spans and masks of every token besides, and
 * keeps to the thread that calls: the batch calls fan out over all processors.
 */
/**
 * The tokenizer of a {@code tokenizer.json}, run by the Hugging Face library. Thread-safe.
 *
 * <p>Truncation and padding are off, whatever the file says. As in sentence-transformers, the name
 * of a special token inside a text, such as {@code [SEP]}, becomes that token. A surrogate that
 * stands alone is read as U+FFFD. A text of more than 2^24 bytes of UTF-8 is an
 * IllegalArgumentException.
 *
 * <p>Nothing is downloaded or reported: the system properties {@code ai.djl.offline} and {@code
 * OPT_OUT_TRACKING} are set before the library is loaded. It unpacks its native part below {@code
 * ENGINE_CACHE_DIR} or {@code DJL_CACHE_DIR} (environment or system property) or the home
 * directory, which must be writable at the first start.
 */
public final class HuggingFaceTokenizerAdapter implements Tokenizer {
  private final HuggingFaceTokenizer tokenizer;
  private final long handle;
  private final SpecialTokens specialTokens;

  private HuggingFaceTokenizerAdapter(HuggingFaceTokenizer tokenizer, Path file) {
    this.tokenizer = tokenizer;
    this.handle = tokenizer.getHandle();
    this.specialTokens = findSpecialTokens(file);
  }

  /** Loads {@code file}; throws {@link InvalidModelException}. */
  public static HuggingFaceTokenizerAdapter open(Path file) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    HuggingFaceTokenizer tokenizer;
    try {
      tokenizer =
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(file)
              .optTruncation(false)
              .optPadding(false)
              .build();
    } catch (IOException | RuntimeException e) {
      throw new InvalidModelException(file, "not a tokenizer", e);
    }
    try {
      return new HuggingFaceTokenizerAdapter(tokenizer, file);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public TokenIds encode(String text) {
    return encode(text, false);
  }

  @Override
  public SpecialTokens specialTokens() {
    return specialTokens;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private TokenIds encode(String text, boolean addSpecialTokens) {
    TextBound.check("", text);
    TokenizersLibrary library = TokenizersLibrary.LIB;
    long encoding = library.encode(handle, Surrogates.replaceLone(text), addSpecialTokens);
    try {
      return TokenIds.copyOf(library.getTokenIds(encoding));
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  private SpecialTokens findSpecialTokens(Path file) {
    TokenIds content = encode("a", false);
    TokenIds window = encode("a", true);
    for (int start = 0; start + content.length() <= window.length(); start++) {
      int end = start + content.length();
      if (window.slice(start, end).equals(content)) {
        return new SpecialTokens(window.slice(0, start), window.slice(end, window.length()));
      }
    }
    throw new InvalidModelException(file, "special tokens: not around the text");
  }
}
