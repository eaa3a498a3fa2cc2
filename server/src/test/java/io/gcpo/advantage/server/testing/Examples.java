// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real groups that the distribution ships. */
public final class Examples {
  private static final Path DIRECTORY = Path.of(System.getProperty("gcpo.examples.directory"));

  private Examples() {}

  public static Path file(String name) {
    return DIRECTORY.resolve(name);
  }

  public static List<RolloutGroup> all() {
    List<RolloutGroup> groups = new ArrayList<>(read("gsm8k_groups.jsonl"));
    groups.addAll(read("humaneval_groups.jsonl"));
    return groups;
  }

  public static RolloutGroup named(String id) {
    return all().stream().filter(group -> group.getGroupId().equals(id)).findFirst().orElseThrow();
  }

  private static List<RolloutGroup> read(String name) {
    try {
      return Files.readAllLines(file(name)).stream().map(Examples::parse).toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static RolloutGroup parse(String line) {
    RolloutGroup.Builder group = RolloutGroup.newBuilder();
    try {
      JsonFormat.parser().merge(line, group);
    } catch (InvalidProtocolBufferException broken) {
      throw new UncheckedIOException(broken);
    }
    return group.build();
  }
}
