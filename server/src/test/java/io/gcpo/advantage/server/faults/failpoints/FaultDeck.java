// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Deals every fault that there is once before it deals any of them again, so that few runs see
 * many. What comes to be known meanwhile joins in.
 */
final class FaultDeck {
  private final Failpoints points;
  private final Set<Fault> dealt = new HashSet<>();

  FaultDeck(Failpoints points) {
    this.points = points;
  }

  /** So many faults, of different points where that can be. */
  List<Fault> deal(int count, Random random) {
    ImmutableList.Builder<Fault> hand = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      hand.add(deal(random));
    }
    return hand.build();
  }

  private Fault deal(Random random) {
    List<Fault> left = left();
    if (left.isEmpty()) {
      dealt.clear();
      left = left();
    }
    Fault next = left.get(random.nextInt(left.size()));
    dealt.add(next);
    return next;
  }

  private List<Fault> left() {
    List<Fault> left = new ArrayList<>(points.faults());
    left.removeIf(fault -> fault.action() == Action.WRONG || dealt.contains(fault));
    return left;
  }
}
