// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.Input;
import io.gcpo.advantage.server.advantage.gold.GoldDecision;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.diversity.kernel.KernelInput;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetric;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.grpc.ComparisonParser.GoldenPart;
import io.gcpo.advantage.server.pipeline.Comparison;
import io.gcpo.advantage.server.pipeline.GroupJob;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.JobEntry;
import io.gcpo.advantage.server.pipeline.Limit;
import io.gcpo.advantage.server.pipeline.Violation;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Checks one group completely and turns it into a job, or into a rejection that says all. */
final class GroupParser {
  /** Of a group's or a rollout's id. */
  static final int MAX_ID_CHARACTERS = 256;

  private final LimitsConfig limits;
  private final ConfigParser configs;
  private final ConfigCheck configCheck;

  GroupParser(LimitsConfig limits, ConfigParser configs, ConfigCheck configCheck) {
    this.limits = limits;
    this.configs = configs;
    this.configCheck = configCheck;
  }

  /** What a kind of call asks of a configuration besides that it is sound. */
  @FunctionalInterface
  interface ConfigCheck {
    /** Adds what is wrong with the configuration at {@code path}. */
    void check(ResolvedConfig config, String path, Violations violations);
  }

  /**
   * The group's entry.
   *
   * @param path where the group stands, for example {@code groups[3]}
   * @param requestConfig what holds for groups that bring no configuration
   * @param diversity what is to be measured of it
   * @param known what is already known to be wrong with it
   */
  JobEntry parse(
      RolloutGroup group,
      String path,
      AdvantageConfig requestConfig,
      DiversityPlan diversity,
      List<Violation> known) {
    Violations violations = new Violations();
    known.forEach(violation -> violations.invalid(violation.field(), violation.problem()));
    checkId(group.getGroupId(), path + ".group_id", violations);
    checkId(group.getGoldenClusterLabel(), path + ".golden_cluster_label", violations);
    if (group.getGroupId().isEmpty()) {
      violations.invalid(path + ".group_id", "empty (expected: 1 to 256 characters)");
    }
    String configPath = group.hasConfig() ? path + ".config" : "config";
    ResolvedConfig config =
        configs.resolve(
            ConfigParser.merged(requestConfig, group.getConfig()),
            ComparisonParser.hasTexts(group),
            configPath,
            violations);
    configCheck.check(config, configPath, violations);
    if (group.getRolloutsCount() == 0) {
      violations.invalid(path + ".rollouts", "empty (expected: at least one)");
      return rejection(group, violations);
    }
    if (group.getRolloutsCount() > limits.maxRolloutsPerGroup()) {
      violations.overLimit(
          Limit.ROLLOUTS,
          path + ".rollouts",
          group.getRolloutsCount() + " rollouts",
          limits.maxRolloutsPerGroup());
      return rejection(group, violations);
    }
    return entry(group, path, config, diversity, violations);
  }

  private JobEntry entry(
      RolloutGroup group,
      String path,
      ResolvedConfig config,
      DiversityPlan diversity,
      Violations violations) {
    RolloutScoreParser scoreParser = new RolloutScoreParser(limits.maxAbsReward(), violations);
    List<RolloutScore> scores = scores(group, path, scoreParser, violations);
    OptionalDouble greedyReward = scoreParser.parseGreedyReward(group, path);
    Likelihood goldenLikelihood = scoreParser.parseGolden(group, path);
    AdvantageSettings settings = config.settings();
    boolean embeds = settings.kernel().plan().kernel().inputs().contains(KernelInput.EMBEDDINGS);
    RolloutTexts texts = new RolloutTexts(group);
    ContentParser contents = new ContentParser(limits, group, texts, path, violations);
    Optional<Likelihood> golden =
        settings.gold().filter(gold -> contents.hasGolden(embeds)).map(gold -> goldenLikelihood);
    new InputCheck(path, settings, violations).check(scores, greedyReward, golden);
    // The decision rests on what was just checked.
    Optional<GoldDecision> gold =
        violations.isEmpty()
            ? settings
                .gold()
                .map(choice -> GoldDecision.of(scores, golden, group.getGroupId(), choice))
            : Optional.empty();
    boolean replaced = gold.flatMap(GoldDecision::golden).isPresent();
    boolean required = needsSimilarity(settings) || diversity.requiresSimilarity();
    Optional<Comparison> comparison =
        required || diversity.needsSimilarity()
            ? new ComparisonParser(
                    limits, group, texts, path, settings.kernel(), required, violations)
                .parse(new GoldenPart(golden.isPresent(), replaced))
            : Optional.empty();
    GroupJob.Content content = contents.parse(required && embeds, replaced && embeds);
    checkTexts(content, diversity, path, violations);
    if (!violations.isEmpty()) {
      return rejection(group, violations);
    }
    return new GroupJob(
        path,
        group.getGroupId(),
        group.getRolloutsList().stream().map(Rollout::getRolloutId).toList(),
        group.getRolloutsList().stream().map(GroupParser::sentReward).toList(),
        scores,
        greedyReward,
        gold,
        content,
        comparison,
        settings,
        config.truncationPolicy());
  }

  private static OptionalDouble sentReward(Rollout rollout) {
    return rollout.hasReward() ? OptionalDouble.of(rollout.getReward()) : OptionalDouble.empty();
  }

  private static boolean needsSimilarity(AdvantageSettings settings) {
    EstimatorChoice choice = settings.choice();
    return choice.estimator().inputs(choice.parameters()).contains(Input.SIMILARITY);
  }

  private static void checkTexts(
      GroupJob.Content content, DiversityPlan diversity, String path, Violations violations) {
    if (diversity.required() && diversity.needsTexts() && !(content instanceof GroupJob.Texts)) {
      violations.invalid(
          path + ".rollouts",
          "no texts (expected: a text for each, for "
              + diversity.choice().metrics().stream()
                  .filter(DiversityMetric::needsTexts)
                  .map(DiversityMetric::name)
                  .collect(Collectors.joining(", "))
              + ")");
    }
  }

  private static GroupRejection rejection(RolloutGroup group, Violations violations) {
    return new GroupRejection(group.getGroupId(), violations.reason(), violations.toList());
  }

  /** Checks the length of an id or a label. */
  static void checkId(String id, String path, Violations violations) {
    if (id.length() > MAX_ID_CHARACTERS) {
      violations.overLimit(
          Limit.ID_CHARACTERS, path, id.length() + " characters", MAX_ID_CHARACTERS);
    }
  }

  private List<RolloutScore> scores(
      RolloutGroup group, String path, RolloutScoreParser parser, Violations violations) {
    ImmutableList.Builder<RolloutScore> scores = ImmutableList.builder();
    for (int i = 0; i < group.getRolloutsCount(); i++) {
      String rolloutPath = path + ".rollouts[" + i + "]";
      checkId(group.getRollouts(i).getRolloutId(), rolloutPath + ".rollout_id", violations);
      ComparisonParser.checkSizes(group.getRollouts(i), rolloutPath, limits, violations);
      scores.add(parser.parse(group.getRollouts(i), rolloutPath));
    }
    return scores.build();
  }
}
