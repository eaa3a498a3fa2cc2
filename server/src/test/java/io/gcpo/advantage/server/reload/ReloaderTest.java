// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReloaderTest {
  @TempDir private Path folder;
  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

  @Test
  void start_looksAgainAfterADefect_stopEndsIt() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "one");
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    Reloader reloader =
        new Reloader(List.of(new Word(file)), new Recorder(), Duration.ofMillis(10), scheduler);
    reloader.load();
    assertThat(taken.take()).isEqualTo("one");

    reloader.start();
    replace(file, "defect");
    assertThat(taken.take()).isEqualTo("defect");
    replace(file, "two");
    String next = taken.take();
    while (next.equals("defect")) {
      next = taken.take();
    }
    assertThat(next).isEqualTo("two");

    reloader.stop();
    assertThat(scheduler.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  /** In one step: a file that is being written is read as it is. */
  private void replace(Path file, String word) throws Exception {
    Path fresh = Files.writeString(folder.resolve("fresh"), word);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private final class Word implements Reloadable {
    private final Path file;

    Word(Path file) {
      this.file = file;
    }

    @Override
    public Credential credential() {
      return Credential.CLIENT_CA;
    }

    @Override
    public List<SourceFile> files() {
      return List.of(new SourceFile("a.file", file));
    }

    @Override
    public void accept(List<byte[]> contents) {
      String word = new String(contents.get(0), StandardCharsets.UTF_8);
      taken.add(word);
      if (word.equals("defect")) {
        throw new IllegalStateException("defect");
      }
    }
  }
}
