// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import com.google.protobuf.util.JsonFormat;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a JSON Lines file of groups, as {@code gcpo-advantage score} takes it. */
public final class RolloutFile {
  private RolloutFile() {}

  /** All groups. */
  public static List<RolloutGroup> groups(Path file) throws IOException {
    List<RolloutGroup> groups = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      RolloutGroup.Builder group = RolloutGroup.newBuilder();
      JsonFormat.parser().merge(line, group);
      groups.add(group.build());
    }
    return groups;
  }

  /** The rollouts of all groups. */
  public static List<Rollout> rollouts(Path file) throws IOException {
    return groups(file).stream().flatMap(group -> group.getRolloutsList().stream()).toList();
  }

  /** At most {@code count} texts, evenly spread, so that fewer have the same mix of lengths. */
  public static List<String> texts(Path file, int count) throws IOException {
    List<Rollout> rollouts = rollouts(file);
    int wanted = Math.min(count, rollouts.size());
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      texts.add(rollouts.get((int) ((long) i * rollouts.size() / wanted)).getText());
    }
    return texts;
  }
}
