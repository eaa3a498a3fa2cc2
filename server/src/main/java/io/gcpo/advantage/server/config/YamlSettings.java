// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Flattens nested YAML mappings to dotted keys, and keeps each value's text and line. Works on the
 * node tree, so that a value reaches its own parser as it was written. Confined to one thread.
 */
final class YamlSettings {
  private final Path file;
  private final Map<String, Setting> settings;
  private final List<String> problems;
  private final Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Adds to {@code settings} and {@code problems}. */
  YamlSettings(Path file, Map<String, Setting> settings, List<String> problems) {
    this.file = file;
    this.settings = settings;
    this.problems = problems;
  }

  void addAll(String yaml) {
    new Compose(LoadSettings.builder().setLabel(file.toString()).build())
        .composeString(yaml)
        .ifPresent(root -> add("", root));
  }

  private void add(String key, Node node) {
    if (!visited.add(node)) {
      refuse(key, node, "an alias", "a value of its own");
    } else if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(entry -> addEntry(key, entry));
    } else if (node instanceof ScalarNode scalar && !key.isEmpty()) {
      addScalar(key, scalar);
    } else {
      refuse(key, node, node instanceof ScalarNode ? "a value" : "a sequence", "keys with values");
    }
  }

  private void addEntry(String parent, NodeTuple entry) {
    Node name = entry.getKeyNode();
    if (name instanceof ScalarNode scalar) {
      String prefix = parent.isEmpty() ? "" : parent + ".";
      add(prefix + scalar.getValue(), entry.getValueNode());
    } else {
      refuse(parent, name, "a key of several values", "a plain key");
    }
  }

  private void addScalar(String key, ScalarNode scalar) {
    if (scalar.getTag().equals(Tag.NULL)) {
      refuse(key, scalar, "no value", "a value, or no such line");
      return;
    }
    if (settings.putIfAbsent(key, new Setting(scalar.getValue(), origin(scalar))) != null) {
      refuse(key, scalar, "set twice", "once");
    }
  }

  private void refuse(String key, Node node, String found, String expected) {
    String name = key.isEmpty() ? "(top level)" : key;
    problems.add("%s: %s (expected: %s), from %s".formatted(name, found, expected, origin(node)));
  }

  private String origin(Node node) {
    return node.getStartMark()
        .map(mark -> "%s line %d".formatted(file, mark.getLine() + 1))
        .orElseGet(file::toString);
  }
}
