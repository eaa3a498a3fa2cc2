// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Calls for the parts of one call, some at a time. Used once. */
final class SideBySide<P, A> {
  private final List<P> parts;
  private final Function<P, CompletableFuture<A>> call;
  private final Pending<List<A>> answer = new Pending<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger missing;
  private final AtomicReferenceArray<A> answers;

  private SideBySide(List<P> parts, Function<P, CompletableFuture<A>> call) {
    this.parts = parts;
    this.call = call;
    this.missing = new AtomicInteger(parts.size());
    this.answers = new AtomicReferenceArray<>(parts.size());
  }

  /**
   * The answers in the order of the parts, at least one. The first failure fails the whole and
   * cancels the others.
   *
   * @param width how many are in flight at most
   */
  static <P, A> CompletableFuture<List<A>> all(
      List<P> parts, int width, Function<P, CompletableFuture<A>> call) {
    SideBySide<P, A> calls = new SideBySide<>(parts, call);
    for (int i = 0; i < width; i++) {
      calls.callNext();
    }
    return calls.answer.future();
  }

  private void callNext() {
    int i = next.getAndIncrement();
    if (i < parts.size() && !answer.isDone()) {
      answer.then(
          call.apply(parts.get(i)),
          reply -> {
            answers.set(i, reply);
            if (missing.decrementAndGet() == 0) {
              answer.complete(IntStream.range(0, parts.size()).mapToObj(answers::get).toList());
            } else {
              callNext();
            }
          });
    }
  }
}
