// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it hears. */
final class RecordingTextCacheObserver implements TextCacheObserver {
  final List<String> found = new CopyOnWriteArrayList<>();
  final List<String> stored = new CopyOnWriteArrayList<>();
  final List<String> evicted = new CopyOnWriteArrayList<>();

  @Override
  public void lookedUp(Kind kind, boolean found) {
    this.found.add(kind + " " + found);
  }

  @Override
  public void stored(Kind kind, int bytes) {
    stored.add(kind + " " + bytes);
  }

  @Override
  public void evicted(Kind kind, int bytes) {
    evicted.add(kind + " " + bytes);
  }
}
