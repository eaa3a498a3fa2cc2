// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.server.ServerProcess;
import io.gcpo.advantage.server.faults.load.Judge;
import io.gcpo.advantage.server.faults.load.Load;
import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.server.faults.load.Questions;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.grpc.admission.AdmissionInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A server in a JVM of its own with an honest client in a steady rhythm, and the bounds that hold
 * while somebody attacks it.
 */
final class AttackedServer implements AutoCloseable {
  private static final int MIB = 1 << 20;
  private static final long MAX_GROWTH = 256L * MIB;

  /** Envoy's bar for a defect of security. */
  private static final double MAX_AMPLIFICATION = 100;

  /** What a JVM with an honest client moves by: neither this memory nor this time counts. */
  private static final long MEMORY_NOISE = 32L * MIB;

  private static final double CPU_NOISE_SECONDS = 0.5;

  private static final Duration VICTIMS_DEADLINE = Duration.ofSeconds(20);
  private static final Duration VICTIMS_PAUSE = Duration.ofMillis(20);

  /** What the victim says of its requests, which are smaller. */
  private static final long VICTIMS_BYTES = 4_096;

  private static final int WARM_UP = 100;
  private static final int BEFORE_AND_AFTER = 5;
  private static final Duration LOOK = Duration.ofMillis(20);

  private final ServerProcess server;
  private final FaultReport report;
  private final AdvantageClient client;
  private final Load victim;

  /** Starts it, and the honest client. */
  AttackedServer(Path folder, List<String> jvm, Map<String, String> settings, FaultReport report)
      throws Exception {
    this.report = report;
    Metadata declared = new Metadata();
    declared.put(AdmissionInterceptor.REQUEST_BYTES, VICTIMS_BYTES);
    this.server = ServerProcess.start(folder, jvm, 0, settings);
    this.client =
        AdvantageClient.connect(
            AdvantageClientOptions.builder(server.target())
                .deadline(VICTIMS_DEADLINE)
                .interceptor(MetadataUtils.newAttachHeadersInterceptor(declared))
                .build());
    List<Question> questions;
    try (AdvantageClient patient = AdvantageClient.connect(server.target())) {
      questions = Questions.answered(patient, Questions.embeddings(1, 16));
    }
    this.victim =
        Load.start(
            questions,
            new Judge(report, VICTIMS_DEADLINE, failure -> false),
            VICTIMS_PAUSE,
            List.of(client::computeAsync));
    victim.awaitAnswers(WARM_UP);
  }

  int port() {
    return Integer.parseInt(server.target().substring(server.target().indexOf(':') + 1));
  }

  /** What attacks; returns when it is over. */
  interface Attack {
    void run(AttackTally tally) throws Exception;
  }

  /** Attacks, looks at what that costs the server and its honest client, and holds the bounds. */
  AttackTally suffer(String name, Attack attack) throws Exception {
    AttackTally tally = new AttackTally();
    victim.awaitAnswers(BEFORE_AND_AFTER);
    report.fault();
    long answered = victim.answered();
    long before = ProcessUse.residentBytes(server.process());
    double cpu = ProcessUse.cpuSeconds(server.process());
    long begin = System.nanoTime();
    AtomicBoolean over = new AtomicBoolean();
    AtomicBoolean failed = new AtomicBoolean();
    Thread attacker =
        new Thread(
            () -> {
              try {
                attack.run(tally);
              } catch (Exception broken) {
                failed.set(true);
                tally.told(broken.toString());
              } finally {
                over.set(true);
              }
            },
            name);
    attacker.start();
    long peak = before;
    while (!over.get()) {
      peak = Math.max(peak, ProcessUse.residentBytes(server.process()));
      LockSupport.parkNanos(LOOK.toNanos());
    }
    attacker.join();
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cost = Math.max(0, ProcessUse.cpuSeconds(server.process()) - cpu - CPU_NOISE_SECONDS);
    victim.awaitAnswers(BEFORE_AND_AFTER);
    long growth = peak - before;
    double memory = Math.max(0, growth - MEMORY_NOISE) / (double) tally.bytes();
    double processor = cost / tally.cpuSeconds();
    report.figure(
        name,
        String.format(
            Locale.ROOT,
            "%.1f s, %d connections, %d KiB sent, %d closed, %s; victim %d answers; memory +%d"
                + " MiB (%.1fx), processor %.2f s for %.2f s (%.1fx)",
            seconds,
            tally.connections(),
            tally.bytes() / 1_024,
            tally.closedConnections(),
            tally.ends(),
            victim.answered() - answered,
            growth / MIB,
            memory,
            cost,
            tally.cpuSeconds(),
            processor));
    assertThat(failed).as("%s: %s", name, tally.ends()).isFalse();
    assertThat(growth).as("%s: growth of memory", name).isLessThan(MAX_GROWTH);
    assertThat(memory).as("%s: memory", name).isLessThanOrEqualTo(MAX_AMPLIFICATION);
    assertThat(processor).as("%s: processor", name).isLessThanOrEqualTo(MAX_AMPLIFICATION);
    return tally;
  }

  @Override
  public void close() {
    victim.close();
    client.close();
    server.close();
  }
}
