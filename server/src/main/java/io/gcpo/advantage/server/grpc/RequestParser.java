// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.pipeline.AdvantageJob;
import io.gcpo.advantage.server.pipeline.JobEntry;
import io.gcpo.advantage.server.pipeline.Limit;
import io.gcpo.advantage.server.pipeline.Submission;
import io.gcpo.advantage.server.pipeline.Violation;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamHeader;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns request messages into jobs, once, at the edge: behind it every value is in its range. What
 * is wrong with the request as a whole is thrown together; what is wrong with one group becomes
 * that group's rejection. Thread-safe.
 */
final class RequestParser {
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{0,128}");

  private final LimitsConfig limits;
  private final ConfigParser configs;
  private final GroupParser groups;
  private final GroupParser streamedGroups;

  @Inject
  RequestParser(LimitsConfig limits, ConfigParser configs) {
    this.limits = limits;
    this.configs = configs;
    this.groups = new GroupParser(limits, configs, (config, path, violations) -> {});
    this.streamedGroups = new GroupParser(limits, configs, StreamCheck::check);
  }

  /** The job of a unary call. */
  AdvantageJob parse(Decoded<ComputeAdvantagesRequest> decoded) {
    ComputeAdvantagesRequest request = decoded.message();
    Violations violations = outsideGroups(decoded, request.getRequestId());
    configs.resolve(request.getConfig(), true, "config", violations);
    DiversityPlan diversity = new OutputParser("output", violations).parse(request.getOutput());
    if (request.getGroupsCount() == 0) {
      violations.invalid("groups", "empty (expected: at least one)");
    }
    if (request.getGroupsCount() > limits.maxGroupsPerRequest()) {
      violations.overLimit(
          Limit.GROUPS,
          "groups",
          request.getGroupsCount() + " groups",
          limits.maxGroupsPerRequest());
    }
    violations.throwIfAny();
    DuplicateIds duplicates = DuplicateIds.of(request.getGroupsList());
    ImmutableList.Builder<JobEntry> entries = ImmutableList.builder();
    for (int i = 0; i < request.getGroupsCount(); i++) {
      String path = "groups[" + i + "]";
      List<Violation> known =
          ImmutableList.<Violation>builder()
              .addAll(within(path, decoded.violations()))
              .addAll(duplicates.violationsOf(i))
              .build();
      entries.add(groups.parse(request.getGroups(i), path, request.getConfig(), diversity, known));
    }
    return new AdvantageJob(entries.build(), diversity);
  }

  /** Checks what holds for a whole stream. */
  void check(StreamHeader header, List<Violation> known) {
    Violations violations = new Violations();
    known.forEach(violation -> violations.invalid(violation.field(), violation.problem()));
    checkRequestId(header.getRequestId(), "header.request_id", violations);
    StreamCheck.check(
        configs.resolve(header.getConfig(), true, "header.config", violations),
        "header.config",
        violations);
    new OutputParser("header.output", violations).parse(header.getOutput());
    violations.throwIfAny();
  }

  /** The job of one group of a stream. */
  AdvantageJob parse(RolloutGroup group, StreamHeader header, List<Violation> known) {
    DiversityPlan diversity =
        new OutputParser("header.output", new Violations()).parse(header.getOutput());
    return new AdvantageJob(
        ImmutableList.of(
            streamedGroups.parse(group, "group", header.getConfig(), diversity, known)),
        diversity);
  }

  /** The texts of an EmbedTexts call. */
  List<TextTask> parseTexts(Decoded<EmbedTextsRequest> decoded) {
    EmbedTextsRequest request = decoded.message();
    Violations violations = outsideGroups(decoded, request.getRequestId());
    TruncationPolicy policy =
        ConfigParser.truncationPolicy(
            request.getTruncationPolicy(),
            request.getTruncationPolicyValue(),
            "truncation_policy",
            violations);
    return tasks(request.getTextsList(), policy, violations);
  }

  /** The texts of a SubmitRollouts call, and what will be read of them. */
  Submission parseSubmitted(Decoded<SubmitRolloutsRequest> decoded) {
    SubmitRolloutsRequest request = decoded.message();
    Violations violations = outsideGroups(decoded, request.getRequestId());
    ResolvedConfig config = configs.resolve(request.getConfig(), true, "config", violations);
    TruncationPolicy policy = config.truncationPolicy();
    if (request.getTruncationPolicyValue() != 0) {
      policy = truncationPolicy(request, violations);
      checkSame(request, config, violations);
    }
    return new Submission(
        tasks(request.getTextsList(), policy, violations),
        config.settings().kernel().plan().kernel().textFeatures());
  }

  private static TruncationPolicy truncationPolicy(
      SubmitRolloutsRequest request, Violations violations) {
    return ConfigParser.truncationPolicy(
        request.getTruncationPolicy(),
        request.getTruncationPolicyValue(),
        "truncation_policy",
        violations);
  }

  /** Embeddings under one policy are not found under another. */
  private static void checkSame(
      SubmitRolloutsRequest request, ResolvedConfig config, Violations violations) {
    AdvantageConfig configured = request.getConfig();
    if (configured.getTruncationPolicyValue() != 0
        && configured.getTruncationPolicy() != io.gcpo.advantage.v1.TruncationPolicy.UNRECOGNIZED
        && configured.getTruncationPolicy() != request.getTruncationPolicy()) {
      violations.invalid(
          "config.truncation_policy",
          "%s (expected: that of truncation_policy, or left out)"
              .formatted(config.truncationPolicy()));
    }
  }

  private List<TextTask> tasks(List<String> texts, TruncationPolicy policy, Violations violations) {
    if (texts.isEmpty()) {
      violations.invalid("texts", "empty (expected: at least one)");
    }
    if (texts.size() > limits.maxTextsPerRequest()) {
      violations.overLimit(
          Limit.TEXTS, "texts", texts.size() + " texts", limits.maxTextsPerRequest());
      violations.throwIfAny();
    }
    for (int i = 0; i < texts.size(); i++) {
      TextCheck.check(texts.get(i), "texts[" + i + "]", limits.maxTextBytes(), violations);
    }
    violations.throwIfAny();
    return texts.stream().map(text -> new TextTask(text, policy)).toList();
  }

  /** What is wrong with the bytes outside the groups, and with the request's id. */
  private static Violations outsideGroups(Decoded<?> decoded, String requestId) {
    Violations violations = outsideGroups(decoded);
    checkRequestId(requestId, "request_id", violations);
    return violations;
  }

  /** What is wrong with the bytes outside the groups. */
  private static Violations outsideGroups(Decoded<?> decoded) {
    Violations violations = new Violations();
    for (Violation violation : decoded.violations()) {
      if (!violation.field().startsWith("groups[")) {
        violations.invalid(violation.field(), violation.problem());
      }
    }
    return violations;
  }

  /** Whether an id has the form that ids must have; it may be empty. */
  static boolean isRequestId(String id) {
    return REQUEST_ID.matcher(id).matches();
  }

  private static void checkRequestId(String id, String path, Violations violations) {
    if (!isRequestId(id)) {
      violations.invalid(path, "malformed (expected: at most 128 characters of [A-Za-z0-9._-])");
    }
  }

  private static List<Violation> within(String path, List<Violation> violations) {
    return violations.stream().filter(v -> v.field().startsWith(path + ".")).toList();
  }
}
