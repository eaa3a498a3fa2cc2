// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Multiset;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.faults.report.FaultReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs of a server under load, in each of which some failpoints do something, drawn by a seed. */
final class FailpointRuns implements AutoCloseable {
  private static final int CALLERS = 3;
  private static final int CALLS_BEFORE = 25;
  private static final int CALLS_OF_A_RUN = 3;
  private static final int MOST_FAULTS = 4;

  /** How often in a row a fault happens: once, or until a worker does not pass its test. */
  private static final List<Integer> TIMES = List.of(1, 1, 2, 8);

  private final Failpoints points = new Failpoints();
  private final FaultDeck deck = new FaultDeck(points);
  private final FaultReport report;
  private final TestServer server;
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final FailpointLoad load;
  private final Recovery recovery;
  private final Set<String> failed = new TreeSet<>();
  private final Set<String> slow = new TreeSet<>();
  private long failures;

  /** Begins with calls without a fault; the points that they come by are those to choose from. */
  FailpointRuns(String suite, Questions questions) {
    report = new FaultReport(suite);
    server = TestServer.with(new FaultyEmbedding(points), new FaultySurroundings(points), Map.of());
    points.forget();
    load = new FailpointLoad(server.channel(), questions, report);
    load.begin("before any fault", false);
    drive(new Random(0), CALLS_BEFORE);
    report.requireLoad(report.answeredSoFar(), (long) CALLERS * CALLS_BEFORE);
    recovery = new Recovery(server);
  }

  /** Some points do what {@code seed} draws, while calls run. */
  void run(int seed) {
    Random random = new Random(seed);
    List<Fault> faults = deck.deal(1 + random.nextInt(MOST_FAULTS), random);
    run("seed %d %s".formatted(seed, faults), faults, random);
  }

  /** This happens once, while calls run. */
  void run(Fault fault) {
    run(fault.toString(), List.of(fault), new Random(1));
  }

  /** At how many points something was thrown, or spoilt. */
  int failedPoints() {
    return failed.size();
  }

  /** The table; throws if anything was lost, wrong or hung, and says in which run. */
  void finish() throws IOException {
    report.figure(
        "points that code came by", points.faults().stream().map(Fault::point).distinct().count());
    report.figure("points that failed", failed.size());
    report.figure("points that failed, times", failures);
    report.figure("points that were slow", slow.size());
    load.odd().forEach(odd -> report.figure("odd", odd));
    try {
      report.finish();
    } catch (AssertionError bad) {
      throw new AssertionError(String.join("\n", load.odd()), bad);
    }
  }

  @Override
  public void close() {
    callers.shutdownNow();
    server.close();
  }

  private void run(String name, List<Fault> faults, Random random) {
    load.begin(name, faults.stream().anyMatch(fault -> fault.action().mayCost()));
    faults.forEach(fault -> points.arm(fault, TIMES.get(random.nextInt(TIMES.size()))));
    drive(random, CALLS_OF_A_RUN);
    points.disarm().entrySet().forEach(this::count);
    recovery.await(name);
    load.begin(name + ", behind it", false);
    long before = report.answeredSoFar();
    load.call(random);
    assertThat(report.answeredSoFar()).as("%s: a call behind it", name).isGreaterThan(before);
  }

  private void count(Multiset.Entry<Fault> happened) {
    boolean fails = happened.getElement().action().fails();
    (fails ? failed : slow).add(happened.getElement().point());
    failures += fails ? happened.getCount() : 0;
    for (int i = 0; i < happened.getCount(); i++) {
      report.fault();
    }
  }

  private void drive(Random random, int calls) {
    CompletableFuture<?>[] all = new CompletableFuture<?>[CALLERS];
    for (int caller = 0; caller < CALLERS; caller++) {
      Random own = new Random(random.nextLong());
      all[caller] =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < calls; i++) {
                  load.call(own);
                }
              },
              callers);
    }
    CompletableFuture.allOf(all).orTimeout(120, TimeUnit.SECONDS).join();
  }
}
