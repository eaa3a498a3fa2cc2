// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.server.cli.bench.FileGroups;
import io.gcpo.advantage.server.cli.bench.GroupSource;
import io.gcpo.advantage.server.cli.bench.Lengths;
import io.gcpo.advantage.server.cli.bench.SyntheticGroups;
import io.gcpo.advantage.server.cli.bench.Texts;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What groups hold: those of a file, or made-up ones. */
final class TextOptions {
  private static final int DEFAULT_ROLLOUTS = 8;
  private static final String DEFAULT_LENGTH = "500";

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description = "Groups as score reads them, over and over. Default: made-up ones.")
  private @Nullable Path in;

  @Option(
      names = "--rollouts",
      paramLabel = "N",
      description = "Rollouts of a made-up group. Default: " + DEFAULT_ROLLOUTS + ".")
  private @Nullable Integer rollouts;

  @Option(
      names = "--length",
      paramLabel = "WORDS",
      description = {
        "Words of a made-up text, about as many tokens: 500, uniform:100-900 or",
        "lognormal:500,0.6 (median, sigma of the logarithm). Default: " + DEFAULT_LENGTH + "."
      })
  private @Nullable String length;

  @Option(
      names = "--texts",
      paramLabel = "HOW",
      defaultValue = "FRESH",
      description = {
        "What the server's cache knows: fresh (nothing; the default), repeated (each step has the",
        "same texts) or submitted (fresh ones, submitted ahead of their step; with --step-every)."
      })
  private Texts texts = Texts.FRESH;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = {
        "For made-up texts and --poisson. Default: another one each time, so that fresh texts",
        "are; a seed that the server has seen brings texts that its cache may know."
      })
  private @Nullable Long seed;

  TextOptions() {}

  Texts texts() {
    return texts;
  }

  /** The one that was given, or one that nobody had before. */
  long seed() {
    return seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
  }

  /** The groups of the file; none if there is no file. */
  List<RolloutGroup> fileGroups() throws IOException {
    List<RolloutGroup> groups = new ArrayList<>();
    if (in == null) {
      return groups;
    }
    if (rollouts != null || length != null) {
      throw new InputException(
          "%s: set (expected: not with --in)"
              .formatted(length == null ? "--rollouts" : "--length"));
    }
    try (BufferedReader reader = TextFiles.reader(in)) {
      GroupsFile file = new GroupsFile(reader);
      for (GroupsFile.Entry entry = file.next(); entry != null; entry = file.next()) {
        if (entry.group() == null) {
          throw new InputException("%s line %d: %s".formatted(in, entry.line(), entry.problem()));
        }
        groups.add(entry.group());
      }
    }
    if (groups.isEmpty()) {
      throw new InputException(in + ": no groups (expected: at least one line)");
    }
    return groups;
  }

  GroupSource source(List<RolloutGroup> fileGroups, long seed) {
    return in == null
        ? new SyntheticGroups(
            rollouts == null ? DEFAULT_ROLLOUTS : rollouts,
            Lengths.parse(length == null ? DEFAULT_LENGTH : length),
            seed)
        : new FileGroups(fileGroups, seed, texts != Texts.REPEATED);
  }
}
