// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a script that prints what the driver's tool printed elsewhere. */
@Timeout(60)
class NvidiaSmiLoopTest {
  @TempDir private Path folder;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  @Test
  void tool_printsOn_isHeardUntilStopped() throws Exception {
    NvidiaSmiLoop loop = loop(FakeNvidiaSmi.in(folder, "sleep 1"));
    loop.start();
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("0 NVIDIA H200");
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("1 NVIDIA H200");

    loop.stop();
    assertThat(thread.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).contains("lost");
  }

  @Test
  void tool_ends_isSaid() throws Exception {
    NvidiaSmiLoop loop = loop(FakeNvidiaSmi.in(folder, "exit 9"));
    loop.start();
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("0 NVIDIA H200");
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("1 NVIDIA H200");
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("lost");
    loop.stop();
  }

  @Test
  void tool_isNotThere_nothingIsHeard() throws Exception {
    NvidiaSmiLoop loop = loop(folder.resolve("no such tool"));
    loop.start();
    thread.submit(() -> heard.add("idle")).get(30, TimeUnit.SECONDS);
    assertThat(heard).containsExactly("idle");
    loop.stop();
  }

  private NvidiaSmiLoop loop(Path tool) {
    return new NvidiaSmiLoop(
        tool.toString(),
        new GpuObserver() {
          @Override
          public void sampled(GpuSample sample) {
            heard.add(sample.gpu() + " " + sample.name());
          }

          @Override
          public void lost() {
            heard.add("lost");
          }
        },
        thread);
  }
}
