// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.reload;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one {@link Reloadable}. They are compared by content: times of modification lie
 * where files are links that are switched. Only digests are kept. Thread-safe.
 */
final class WatchedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

  /** Far above any chain of certificates or list of tokens. */
  private static final int MAX_BYTES = 1 << 20;

  private final Reloadable reloadable;
  private final ReloadObserver observer;
  private ImmutableList<HashCode> inUse = ImmutableList.of();
  private @Nullable Refusal refusal;

  WatchedFiles(Reloadable reloadable, ReloadObserver observer) {
    this.reloadable = reloadable;
    this.observer = observer;
  }

  /** Takes the files for the first time. */
  synchronized void load() throws RefusedException {
    List<byte[]> contents = read();
    accept(contents, digests(contents));
  }

  /**
   * Takes the files if they have changed and are good. Refused ones are tried again each time, they
   * may be half of a pair or not valid yet; each refusal is told once.
   */
  synchronized void check() {
    ImmutableList<HashCode> digests = ImmutableList.of();
    try {
      List<byte[]> contents = read();
      digests = digests(contents);
      if (!digests.equals(inUse)) {
        accept(contents, digests);
        observer.taken(reloadable.credential());
        LOG.info("{}: the new files are in use", reloadable.credential().label());
      }
      refusal = null;
    } catch (RefusedException refused) {
      tell(new Refusal(digests, String.valueOf(refused.getMessage())));
    }
    observer.stale(reloadable.credential(), refusal != null);
  }

  private void accept(List<byte[]> contents, ImmutableList<HashCode> digests)
      throws RefusedException {
    reloadable.accept(contents);
    inUse = digests;
    reloadable.expires().ifPresent(at -> observer.expires(reloadable.credential(), at));
  }

  private void tell(Refusal current) {
    if (!current.equals(refusal)) {
      refusal = current;
      observer.refused(reloadable.credential());
      LOG.warn(
          "{}: the files before stay in use; {}",
          reloadable.credential().label(),
          current.reason());
    }
  }

  private List<byte[]> read() throws RefusedException {
    ImmutableList.Builder<byte[]> contents = ImmutableList.builder();
    for (Reloadable.SourceFile file : reloadable.files()) {
      contents.add(read(file));
    }
    return contents.build();
  }

  private static byte[] read(Reloadable.SourceFile file) throws RefusedException {
    byte[] content;
    try (InputStream stream = Files.newInputStream(file.path())) {
      content = stream.readNBytes(MAX_BYTES + 1);
    } catch (IOException | SecurityException unreadable) {
      throw new RefusedException(
          file.problem(
              "cannot be read, %s (expected: a file that can)"
                  .formatted(unreadable.getClass().getSimpleName())));
    }
    if (content.length > MAX_BYTES) {
      throw new RefusedException(file.problem("is too large (expected: <= 1 MiB)"));
    }
    return content;
  }

  private static ImmutableList<HashCode> digests(List<byte[]> contents) {
    return contents.stream()
        .map(content -> Hashing.sha256().hashBytes(content))
        .collect(ImmutableList.toImmutableList());
  }

  /** What was refused, and why. */
  private record Refusal(List<HashCode> digests, String reason) {}
}
