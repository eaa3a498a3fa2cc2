// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of groups, one RolloutGroup in proto3 JSON a line; empty lines do not count. A line that
 * is broken is an entry too, so that the lines behind it are not lost. One thread's.
 */
final class GroupsFile {
  private static final JsonFormat.Parser JSON = JsonFormat.parser();

  private final BufferedReader reader;
  private final Map<String, Integer> linesById = new HashMap<>();
  private int line;

  GroupsFile(BufferedReader reader) {
    this.reader = reader;
  }

  /** What stands in one line: a group, or what is wrong with it. */
  record Entry(int line, @Nullable RolloutGroup group, String problem) {}

  /** The next line's entry; null at the end. */
  @Nullable Entry next() throws IOException {
    String text = reader.readLine();
    while (text != null && text.isBlank()) {
      line++;
      text = reader.readLine();
    }
    if (text == null) {
      return null;
    }
    line++;
    return parse(text);
  }

  private Entry parse(String text) {
    RolloutGroup.Builder group = RolloutGroup.newBuilder();
    try {
      JSON.merge(text, group);
    } catch (InvalidProtocolBufferException broken) {
      return new Entry(line, null, "not a RolloutGroup: " + firstLine(broken));
    }
    Integer earlier = linesById.putIfAbsent(group.getGroupId(), line);
    if (earlier != null) {
      return new Entry(
          line,
          null,
          "group_id: %s (expected: unique, but line %d has it)"
              .formatted(group.getGroupId(), earlier));
    }
    return new Entry(line, group.build(), "");
  }

  private static String firstLine(InvalidProtocolBufferException broken) {
    String message = String.valueOf(broken.getMessage());
    return message.lines().findFirst().orElse("");
  }
}
