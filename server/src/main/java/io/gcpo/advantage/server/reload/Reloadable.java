// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.reload;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something made of files that can take new ones while it is used. */
public interface Reloadable {

  /** What it is, for the log and the metrics. */
  Credential credential();

  /** The setting of each file and where it lies; all are read together. */
  List<SourceFile> files();

  /**
   * Takes new contents, one for each of {@link #files}, after checking all of them.
   *
   * @throws RefusedException if they cannot be used; then what was taken before stays in use
   */
  void accept(List<byte[]> contents) throws RefusedException;

  /** When the first of the certificates in use expires; empty where there are none. */
  default Optional<Instant> expires() {
    return Optional.empty();
  }

  /**
   * A file that a setting names.
   *
   * @param key of the setting
   */
  record SourceFile(String key, Path path) {

    /** {@code key: path problem}, the form of all messages about it. */
    public String problem(String problem) {
      return "%s: %s %s".formatted(key, path, problem);
    }
  }
}
