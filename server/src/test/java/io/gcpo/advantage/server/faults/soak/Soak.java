// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import io.gcpo.advantage.server.ServerProcess;
import io.gcpo.advantage.server.faults.load.Capacity;
import io.gcpo.advantage.server.faults.load.Cores;
import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One run: what the server can do is measured, then it gets 0.7 of that, in brief 0.3, for a long
 * time while its figures are read, and at the end it has to hold nothing.
 *
 * @param name of the report
 * @param mainClass of the server
 * @param option of its virtual machine
 * @param calibration in which what it can do is measured
 * @param length of the run proper
 * @param sampleEvery how often figures are read
 * @param collectEvery samples from one full collection to the next
 */
record Soak(
    String name,
    String mainClass,
    String option,
    Duration calibration,
    Duration length,
    Duration sampleEvery,
    int collectEvery) {
  /** Two seconds of a cold server say little of what it can do: a brief run asks for less. */
  private static final double SHARE_OF_CAPACITY = Scale.isFull() ? 0.7 : 0.3;

  /** Of the calls, those that bring work: the malformed and half of those cut short bring none. */
  private static final double SHARE_WITH_WORK = 0.8;

  private static final double SHARE_OF_RATE = 0.95;
  private static final long SEED = 8;

  /**
   * A heap of one size whose pages are all there from the start, so that resident memory shows what
   * grows beside it; and 64 KiB of cache, so that embeddings keep coming and going.
   */
  private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

  private static final Map<String, String> SETTINGS =
      Map.of("embedding.cache-bytes", "65536", "embedding.token-budget", "512");

  /** Runs it and prints the report; answers are judged here, growth is not. */
  Verdict run(Path folder, List<Question> questions) throws Exception {
    FaultReport report = new FaultReport(name);
    Tally tally = new Tally(report);
    Recording recording;
    try (ServerProcess server =
        ServerProcess.start(folder, Cores.ofServer(), jvm(), mainClass, SETTINGS, Map.of())) {
      ManagedChannel channel =
          Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
      try (Sampler sampler = new Sampler(server, collectEvery)) {
        double capacity =
            Capacity.measure(
                channel,
                call -> questions.get((int) (call % questions.size())).request(),
                calibration);
        double rate = SHARE_OF_CAPACITY / SHARE_WITH_WORK * capacity;
        report.figure("cores", Cores.describe());
        report.figure("capacity in normal calls a second", "%.1f".formatted(capacity));
        report.figure("calls a second", "%.1f".formatted(rate));
        report.figure("length", length);
        sampler.start(sampleEvery);
        Load load = new Load(channel, server.port(), questions, report, tally, SEED);
        Duration took = load.run(rate, length);
        load.awaitLastCalls();
        recording = sampler.stop();
        report.requireLoad(
            Math.round(rate * length.toSeconds() * length.toMillis() / took.toMillis()),
            Math.round(SHARE_OF_RATE * rate * length.toSeconds()));
        sampler.awaitIdle();
      } finally {
        channel.shutdownNow();
      }
    }
    recording.write(Path.of("target", "faults", name + ".csv"));
    tally.ends().forEach(report::figure);
    Verdict verdict = Verdict.on(recording);
    report.figure("growth in the second half", "\n\n" + verdict.table());
    report.finish();
    return verdict;
  }

  private List<String> jvm() {
    List<String> options = new ArrayList<>(JVM);
    options.add(option);
    return options;
  }
}
