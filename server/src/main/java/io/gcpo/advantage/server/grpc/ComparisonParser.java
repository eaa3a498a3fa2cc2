// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.similarity.KernelChoice;
import io.gcpo.advantage.server.advantage.similarity.KernelForm;
import io.gcpo.advantage.server.diversity.kernel.KernelInput;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.pipeline.Comparison;
import io.gcpo.advantage.server.pipeline.TextReference;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.Rollout.ContentCase;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a group's kernel looks at besides the content. Rollouts that lack it are named where
 * the comparison is required; else the group is not compared. One thread's, for one group.
 */
final class ComparisonParser {
  private final LimitsConfig limits;
  private final RolloutGroup group;
  private final RolloutTexts texts;
  private final String path;
  private final Violations violations;
  private final String reason;
  private final Set<KernelInput> inputs;
  private final boolean required;
  private boolean lacking;

  /**
   * For the group at {@code path}.
   *
   * @param required whether a group that lacks something is refused
   */
  ComparisonParser(
      LimitsConfig limits,
      RolloutGroup group,
      RolloutTexts texts,
      String path,
      KernelChoice kernel,
      boolean required,
      Violations violations) {
    this.limits = limits;
    this.group = group;
    this.texts = texts;
    this.path = path;
    this.violations = violations;
    this.required = required;
    this.inputs = kernel.plan().kernel().inputs();
    this.reason =
        kernel.form() instanceof KernelForm.Named named
            ? "kernel " + named.name().name()
            : "composite_kernel";
  }

  /**
   * The golden answer's part.
   *
   * @param brought whether there is one: what the kernel looks at must then be there of it too
   * @param placed whether it takes a place: it then comes last
   */
  record GoldenPart(boolean brought, boolean placed) {}

  /** Empty where something is lacking. */
  Optional<Comparison> parse(GoldenPart golden) {
    if (inputs.contains(KernelInput.EMBEDDINGS)
        && group.getRolloutsList().stream()
            .allMatch(rollout -> rollout.getContentCase() == ContentCase.CONTENT_NOT_SET)) {
      lacking = true; // named by the ContentParser where it is needed
    }
    Comparison comparison =
        new Comparison(
            inputs.contains(KernelInput.TEXTS) ? texts(golden) : Optional.empty(),
            inputs.contains(KernelInput.PROMPT_EMBEDDING) ? prompt() : Optional.empty(),
            inputs.contains(KernelInput.PROMPT_EMBEDDING) ? promptEmbedding() : Optional.empty(),
            inputs.contains(KernelInput.CLUSTER_LABELS) ? labels(golden) : Optional.empty(),
            inputs.contains(KernelInput.SIMILARITIES) ? matrix(golden) : Optional.empty());
    return lacking ? Optional.empty() : Optional.of(comparison);
  }

  /** Whether every rollout, and a golden answer that is brought, has a text for kernels of text. */
  static boolean hasTexts(RolloutGroup group) {
    return group.getRolloutsList().stream().allMatch(RolloutTexts::isCompared)
        && (group.hasGoldenAnswer() || !group.hasGoldenEmbeddingF32Le());
  }

  /** Checks the sizes of what rollouts bring for kernels, whether or not it is looked at. */
  static void checkSizes(Rollout rollout, String path, LimitsConfig limits, Violations violations) {
    GroupParser.checkId(rollout.getClusterLabel(), path + ".cluster_label", violations);
    TextCheck.check(
        rollout.getKernelText(), path + ".kernel_text", limits.maxTextBytes(), violations);
  }

  private Optional<List<TextReference>> texts(GoldenPart golden) {
    ImmutableList.Builder<TextReference> references = ImmutableList.builder();
    for (int i = 0; i < group.getRolloutsCount(); i++) {
      if (!RolloutTexts.isCompared(group.getRollouts(i))) {
        missing(rollout(i, "kernel_text"), "text, content_sha256 or kernel_text");
      }
      texts.compared(i).ifPresent(references::add);
    }
    if (golden.brought() && !group.hasGoldenAnswer()) {
      missing(path + ".golden_answer", "given");
    }
    if (golden.placed()) {
      references.add(TextReference.of(group.getGoldenAnswer()));
    }
    return Optional.of(references.build());
  }

  private Optional<List<String>> labels(GoldenPart golden) {
    ImmutableList.Builder<String> labels = ImmutableList.builder();
    for (int i = 0; i < group.getRolloutsCount(); i++) {
      if (!group.getRollouts(i).hasClusterLabel()) {
        missing(rollout(i, "cluster_label"), "given");
      }
      labels.add(group.getRollouts(i).getClusterLabel());
    }
    if (golden.brought() && !group.hasGoldenClusterLabel()) {
      missing(path + ".golden_cluster_label", "given");
    }
    if (golden.placed()) {
      labels.add(group.getGoldenClusterLabel());
    }
    return Optional.of(labels.build());
  }

  private Optional<String> prompt() {
    if (bringsEmbeddings()) {
      return Optional.empty();
    }
    if (!group.hasPrompt()) {
      missing(path + ".prompt", "given");
    }
    TextCheck.check(group.getPrompt(), path + ".prompt", limits.maxTextBytes(), violations);
    return Optional.of(group.getPrompt());
  }

  private Optional<Embedding> promptEmbedding() {
    if (!bringsEmbeddings()) {
      return Optional.empty();
    }
    if (!group.hasPromptEmbeddingF32Le()) {
      missing(path + ".prompt_embedding_f32_le", "given, as the rollouts bring embeddings");
      return Optional.empty();
    }
    return new EmbeddingParser(
            group.getRollouts(0).getEmbeddingF32Le().size(),
            limits.maxEmbeddingDimension(),
            violations)
        .parse(group.getPromptEmbeddingF32Le(), path + ".prompt_embedding_f32_le");
  }

  private Optional<SymmetricMatrix> matrix(GoldenPart golden) {
    int rows = group.getRolloutsCount() + (golden.brought() ? 1 : 0);
    if (!group.hasSimilarityF64Le()) {
      missing(path + ".similarity_f64_le", "[%d, %1$d] float64".formatted(rows));
      return Optional.empty();
    }
    return new SimilarityMatrixParser(path + ".similarity_f64_le", violations)
        .parse(group.getSimilarityF64Le(), rows);
  }

  private boolean bringsEmbeddings() {
    return group.getRollouts(0).getContentCase() == ContentCase.EMBEDDING_F32_LE;
  }

  private void missing(String field, String expected) {
    lacking = true;
    if (required) {
      violations.invalid(field, "absent (expected: %s, for %s)".formatted(expected, reason));
    }
  }

  private String rollout(int i, String field) {
    return "%s.rollouts[%d].%s".formatted(path, i, field);
  }
}
