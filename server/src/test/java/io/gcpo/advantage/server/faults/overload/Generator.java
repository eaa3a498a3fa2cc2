// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.overload;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.server.ServerProcess;
import io.gcpo.advantage.server.cli.bench.AttemptCounter;
import io.gcpo.advantage.server.cli.bench.Driver;
import io.gcpo.advantage.server.cli.bench.PoissonRate;
import io.gcpo.advantage.server.cli.bench.Replicas;
import io.gcpo.advantage.server.cli.bench.Result;
import io.gcpo.advantage.server.cli.bench.SyntheticGroups;
import io.gcpo.advantage.server.cli.bench.Target;
import io.gcpo.advantage.server.cli.bench.Time;
import io.gcpo.advantage.server.cli.bench.Window;
import io.gcpo.advantage.server.cli.bench.Workload;
import io.gcpo.advantage.server.faults.load.Scrape;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Makes load on a server from this process, at instants that no answer changes. */
final class Generator implements AutoCloseable {
  /** More calls than these hold at a time would wait in the client, and the loop be closed. */
  private static final int CHANNELS = 32;

  private static final long MAX_BYTES_IN_FLIGHT = 256L << 20;
  private static final String RESIDENT = "process_resident_memory_bytes";

  private final ServerProcess server;
  private final Load load;
  private final List<ManagedChannel> channels;
  private final AtomicLong seeds = new AtomicLong(1);

  Generator(ServerProcess server, Load load) {
    this.server = server;
    this.load = load;
    this.channels =
        Stream.generate(
                () ->
                    Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create())
                        .build())
            .limit(CHANNELS)
            .toList();
  }

  ManagedChannel channel() {
    return channels.get(0);
  }

  /** Calls that come by chance, {@code rate} a second, each with a deadline. */
  Stage run(String name, double rate, Duration deadline, Window window) {
    RawTarget target = new RawTarget(channels, deadline);
    Result result = drive(target, rate, deadline, window);
    return new Stage(name, result, target.refused(), target.late(), residentBytes());
  }

  /** The same from callers with our client, which repeats what may be repeated. */
  Experiment.Repeated runClients(double rate, Duration deadline, Window window) {
    AttemptCounter attempts = new AttemptCounter();
    AdvantageClientOptions options =
        AdvantageClientOptions.builder(server.target())
            .deadline(deadline)
            .interceptor(attempts)
            .build();
    try (AdvantageClient client = AdvantageClient.connect(options)) {
      Result result = drive(new Replicas(List.of(client), false), rate, deadline, window);
      return new Experiment.Repeated(result, attempts.attempts());
    }
  }

  private Result drive(Target target, double rate, Duration deadline, Window window) {
    long seed = seeds.getAndIncrement();
    return new Driver(
            Time.system(), fresh(seed), target, MAX_BYTES_IN_FLIGHT, deadline, new NoMeter())
        .run(new PoissonRate(rate, seed), window);
  }

  private double residentBytes() {
    return Scrape.of(server).getOrDefault(RESIDENT, Double.NaN);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  /** No run has the texts of another. */
  private Workload fresh(long seed) {
    Workload workload = load.workload();
    return workload.source() instanceof SyntheticGroups texts
        ? workload.from(new SyntheticGroups(texts.rollouts(), texts.lengths(), seed << 32))
        : workload;
  }

  /** What the driver takes is not asked here. */
  private static final class NoMeter implements Driver.Meter {
    @Override
    public Duration processorTime() {
      return Duration.ZERO;
    }

    @Override
    public long attempts() {
      return 0;
    }
  }
}
