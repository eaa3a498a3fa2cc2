// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.estimator.OutOfRangeException;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.linalg.InterruptedComputationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of groups from embeddings to outcomes. Immutable; a pure function but for the log line
 * that a defect leaves.
 */
final class GroupComputation {
  private static final Logger LOG = LoggerFactory.getLogger(GroupComputation.class);

  private final AdvantageCalculator calculator;
  private final GroupPreparation preparation;
  private final DiversityPlan diversity;

  GroupComputation(
      AdvantageCalculator calculator, GroupPreparation preparation, DiversityPlan diversity) {
    this.calculator = calculator;
    this.preparation = preparation;
    this.diversity = diversity;
  }

  /**
   * The outcomes of groups that are computed together, in their order. A group that is refused is
   * no part of the others' batch. Throws {@link InterruptedComputationException} once the thread is
   * interrupted.
   *
   * @param unit as {@link ComputeUnits} made it
   */
  List<GroupOutcome> compute(List<GroupJob> unit) {
    try {
      List<Prepared> prepared = unit.stream().map(preparation::prepare).toList();
      return outcomes(prepared);
    } catch (InterruptedComputationException ended) {
      throw ended;
    } catch (OutOfRangeException outOfRange) {
      String problem = String.valueOf(outOfRange.getMessage());
      return rejections(
          unit,
          group ->
              new GroupRejection(
                  group.groupId(),
                  GroupRejection.Reason.INVALID_FIELD,
                  List.of(new Violation(group.path(), problem))));
    } catch (RuntimeException | Error defect) {
      // Errors too, of a stack too deep for example: the other groups of the call have their try.
      LOG.error("group {}: cannot be computed", unit.get(0).groupId(), defect);
      return rejections(unit, group -> defect(group, GroupRejection.Reason.INTERNAL));
    }
  }

  private List<GroupOutcome> outcomes(List<Prepared> prepared) {
    Optional<GroupRejection.Reason> loss = loss(prepared);
    if (loss.isPresent()) {
      return rejections(prepared, loss.get());
    }
    List<ReadyGroup> ready = new ArrayList<>();
    for (Prepared group : prepared) {
      if (group instanceof ReadyGroup complete) {
        ready.add(complete);
      }
    }
    List<GroupAdvantages> advantages =
        calculator.compute(
            ready.stream().map(ReadyGroup::scored).toList(),
            ready.stream().map(group -> group.job().settings()).toList(),
            diversity);
    ImmutableList.Builder<GroupOutcome> outcomes = ImmutableList.builder();
    int next = 0;
    for (Prepared group : prepared) {
      if (group instanceof ReadyGroup complete) {
        outcomes.add(checked(complete, advantages.get(next++)));
      } else {
        outcomes.add((GroupRejection) group);
      }
    }
    return outcomes.build();
  }

  private static GroupOutcome checked(ReadyGroup ready, GroupAdvantages advantages) {
    if (!FinitenessCheck.isFinite(advantages)) {
      LOG.error("group {}: a result is not finite", ready.job().groupId());
      return defect(ready.job(), GroupRejection.Reason.NON_FINITE_RESULT);
    }
    return new GroupSuccess(ready.job(), advantages, ready.tokens(), InputDigest.of(ready.job()));
  }

  /** Why groups that are normalised together cannot be: without one, the others' numbers change. */
  private static Optional<GroupRejection.Reason> loss(List<Prepared> prepared) {
    return prepared.stream()
        .filter(GroupRejection.class::isInstance)
        .map(group -> ((GroupRejection) group).reason())
        .filter(GroupRejection.Reason::isLoss)
        .findFirst();
  }

  private static List<GroupOutcome> rejections(
      List<Prepared> prepared, GroupRejection.Reason loss) {
    return prepared.stream()
        .<GroupOutcome>map(
            group ->
                group instanceof ReadyGroup ready
                    ? defect(ready.job(), loss)
                    : (GroupRejection) group)
        .toList();
  }

  private static List<GroupOutcome> rejections(
      List<GroupJob> unit, Function<GroupJob, GroupRejection> rejection) {
    return unit.stream().<GroupOutcome>map(rejection).toList();
  }

  private static GroupRejection defect(GroupJob group, GroupRejection.Reason reason) {
    return new GroupRejection(group.groupId(), reason, ImmutableList.of());
  }
}
