// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.grpc.admission.ByteBudget.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteBudgetTest {
  private final List<String> granted = new ArrayList<>();

  @Test
  void acquire_grantsAtOnceWhileThereIsRoom() {
    ByteBudget budget = new ByteBudget(10, 5, Ticker.systemTicker());

    acquired(budget, 6, "a");
    acquired(budget, 4, "b");
    acquired(budget, 1, "c");

    assertThat(granted).containsExactly("a", "b");
    assertThat(budget.held()).isEqualTo(10);
    assertThat(budget.waitingShares()).isEqualTo(1);
  }

  @Test
  void acquire_letsNobodyPassTheFirstThatWaits() {
    ByteBudget budget = new ByteBudget(10, 5, Ticker.systemTicker());
    Share first = acquired(budget, 6, "first");
    acquired(budget, 8, "large");
    acquired(budget, 1, "small");
    assertThat(granted).containsExactly("first");

    first.giveBack();

    assertThat(granted).containsExactly("first", "large", "small");
  }

  @Test
  void acquire_ofMoreThanThereIsTakesAll() {
    ByteBudget budget = new ByteBudget(10, 5, Ticker.systemTicker());

    acquired(budget, 1_000, "huge");

    assertThat(granted).containsExactly("huge");
    assertThat(budget.held()).isEqualTo(10);
  }

  @Test
  void acquire_refusesOneTooMany() {
    ByteBudget budget = new ByteBudget(10, 1, Ticker.systemTicker());
    acquired(budget, 10, "a");
    acquired(budget, 1, "b");

    assertThatThrownBy(() -> acquired(budget, 1, "c"))
        .isInstanceOf(BudgetExhaustedException.class)
        .hasMessage("1 calls wait while 10 bytes of requests are worked on");
  }

  @Test
  void resize_makesRoomOrOwes() {
    ByteBudget budget = new ByteBudget(10, 5, Ticker.systemTicker());
    Share share = acquired(budget, 10, "a");
    acquired(budget, 3, "b");

    share.resize(25);
    assertThat(budget.held()).isEqualTo(25);
    share.resize(7);

    assertThat(granted).containsExactly("a", "b");
    assertThat(budget.held()).isEqualTo(10);
  }

  @Test
  void grow_owesNoMoreThanThereIs() {
    ByteBudget budget = new ByteBudget(10, 5, Ticker.systemTicker());
    Share stream = acquired(budget, 0, "stream");

    stream.grow(20);
    stream.grow(15);

    assertThat(budget.held()).isEqualTo(20);
    assertThatThrownBy(() -> stream.grow(21)).isInstanceOf(BudgetExhaustedException.class);
    assertThat(budget.held()).isEqualTo(20);
    stream.giveBack();
    assertThat(budget.held()).isZero();
  }

  @Test
  void giveBack_countsOnceAndEndsWaiting() {
    ByteBudget budget = new ByteBudget(10, 5, Ticker.systemTicker());
    Share held = acquired(budget, 10, "a");
    Share waits = acquired(budget, 5, "b");

    waits.giveBack();
    held.giveBack();
    held.giveBack();
    held.resize(9);
    waits.acquire();

    assertThat(granted).containsExactly("a");
    assertThat(budget.held()).isZero();
    assertThat(budget.waitingShares()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anything_neverHoldsMoreThanThereIsAndEndsAtZero(long seed) {
    Random random = new Random(seed);
    ByteBudget budget = new ByteBudget(100, 1_000, Ticker.systemTicker());
    List<Share> open = new ArrayList<>();
    AtomicInteger grants = new AtomicInteger();
    int asked = 0;
    for (int step = 0; step < 2_000; step++) {
      if (open.isEmpty() || (random.nextInt(3) > 0 && budget.waitingShares() < 1_000)) {
        Share share = budget.share(random.nextInt(120), grants::incrementAndGet);
        share.acquire();
        open.add(share);
        asked++;
      } else {
        Share share = open.remove(random.nextInt(open.size()));
        share.resize(random.nextInt(60));
        share.giveBack();
      }
      assertThat(budget.held()).as("seed %d, step %d", seed, step).isBetween(0L, 100L);
    }
    open.forEach(Share::giveBack);

    assertThat(budget.held()).isZero();
    assertThat(budget.waitingShares()).isZero();
    assertThat(grants.get()).isBetween(1, asked);
  }

  @Test
  @Timeout(60)
  void manyThreads_keepTheBound() throws Exception {
    ByteBudget budget = new ByteBudget(50, 100_000, Ticker.systemTicker());
    AtomicLong inUse = new AtomicLong();
    AtomicLong most = new AtomicLong();
    CountDownLatch returned = new CountDownLatch(4 * 2_000);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int thread = 0; thread < 4; thread++) {
        Random random = new Random(thread);
        threads.execute(
            () -> {
              for (int i = 0; i < 2_000; i++) {
                new Use(budget, 1 + random.nextInt(50), inUse, most, threads, returned).start();
              }
            });
      }
      assertThat(returned.await(50, TimeUnit.SECONDS)).isTrue();
    } finally {
      threads.shutdownNow();
    }

    assertThat(most.get()).isBetween(1L, 50L);
    assertThat(budget.held()).isZero();
  }

  private Share acquired(ByteBudget budget, long bytes, String name) {
    Share share = budget.share(bytes, () -> granted.add(name));
    share.acquire();
    return share;
  }

  /** Holds bytes until another task of {@code threads} gives them back. */
  private static final class Use {
    private final long bytes;
    private final AtomicLong inUse;
    private final AtomicLong most;
    private final Executor threads;
    private final CountDownLatch returned;
    private final Share share;

    Use(
        ByteBudget budget,
        long bytes,
        AtomicLong inUse,
        AtomicLong most,
        Executor threads,
        CountDownLatch returned) {
      this.bytes = bytes;
      this.inUse = inUse;
      this.most = most;
      this.threads = threads;
      this.returned = returned;
      this.share = budget.share(bytes, this::granted);
    }

    void start() {
      share.acquire();
    }

    private void granted() {
      most.accumulateAndGet(inUse.addAndGet(bytes), Math::max);
      threads.execute(this::release);
    }

    private void release() {
      inUse.addAndGet(-bytes);
      share.giveBack();
      returned.countDown();
    }
  }
}
