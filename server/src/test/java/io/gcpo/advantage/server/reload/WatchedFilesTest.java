// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files that must hold the same word. */
class WatchedFilesTest {
  @TempDir private Path folder;
  private Path left;
  private Path right;
  private final List<String> taken = new ArrayList<>();
  private final Recorder recorder = new Recorder();
  private WatchedFiles watched;

  @BeforeEach
  void load() throws Exception {
    left = folder.resolve("left");
    right = folder.resolve("right");
    write("one", "one");
    watched = new WatchedFiles(new Twins(), recorder);
    watched.load();
  }

  @Test
  void check_nothingChanged_takesNothing() throws Exception {
    watched.check();
    write("one", "one");
    watched.check();

    assertThat(taken).containsExactly("one");
    assertThat(recorder.events).isEmpty();
    assertThat(recorder.stale).isFalse();
  }

  @Test
  void check_otherContent_isTakenOnce() throws Exception {
    write("two", "two");
    watched.check();
    watched.check();

    assertThat(taken).containsExactly("one", "two");
    assertThat(recorder.events).containsExactly("taken");
  }

  @Test
  void check_halfOfAChange_isRefusedOnceAndTakenWhenItIsWhole() throws Exception {
    write("two", "one");
    watched.check();
    watched.check();
    assertThat(taken).containsExactly("one");
    assertThat(recorder.events).containsExactly("refused");
    assertThat(recorder.stale).isTrue();

    write("two", "two");
    watched.check();
    assertThat(taken).containsExactly("one", "two");
    assertThat(recorder.events).containsExactly("refused", "taken");
    assertThat(recorder.stale).isFalse();
  }

  @Test
  void taken_newExpiry_isTold() throws Exception {
    write("two", "two");
    watched.check();
    watched.check();

    assertThat(recorder.expiries)
        .containsExactly(Instant.ofEpochSecond(1), Instant.ofEpochSecond(2));
  }

  @Test
  void check_takenBack_isNotStaleAnyMore() throws Exception {
    write("two", "one");
    watched.check();
    write("one", "one");
    watched.check();

    assertThat(taken).containsExactly("one");
    assertThat(recorder.events).containsExactly("refused");
    assertThat(recorder.stale).isFalse();
  }

  @Test
  void check_fileGoneThenTooLarge_isRefusedTwice() throws Exception {
    Files.delete(right);
    watched.check();
    watched.check();
    Files.write(right, new byte[(1 << 20) + 1]);
    watched.check();

    assertThat(taken).containsExactly("one");
    assertThat(recorder.events).containsExactly("refused", "refused");
  }

  @Test
  void check_linkIsSwitched_isTaken() throws Exception {
    Path data = folder.resolve("data");
    Files.move(left, Files.createDirectory(folder.resolve("v1")).resolve("left"));
    Files.writeString(Files.createDirectory(folder.resolve("v2")).resolve("left"), "two");
    Files.createSymbolicLink(data, folder.resolve("v1"));
    Files.createSymbolicLink(left, data.resolve("left"));
    watched.check();
    assertThat(recorder.events).isEmpty();

    Files.delete(data);
    Files.createSymbolicLink(data, folder.resolve("v2"));
    Files.writeString(right, "two");
    watched.check();
    assertThat(taken).containsExactly("one", "two");
  }

  @Test
  void load_missingFile_isRefusedByName() throws Exception {
    Files.delete(left);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(watched::load)
        .withMessage(
            "a.left: %s cannot be read, NoSuchFileException (expected: a file that can)"
                .formatted(left));
  }

  private void write(String leftWord, String rightWord) throws Exception {
    Files.writeString(left, leftWord);
    Files.writeString(right, rightWord);
  }

  private final class Twins implements Reloadable {
    @Override
    public Credential credential() {
      return Credential.IDENTITY;
    }

    @Override
    public List<SourceFile> files() {
      return List.of(new SourceFile("a.left", left), new SourceFile("a.right", right));
    }

    @Override
    public void accept(List<byte[]> contents) throws RefusedException {
      String one = new String(contents.get(0), StandardCharsets.UTF_8);
      String other = new String(contents.get(1), StandardCharsets.UTF_8);
      if (!one.equals(other)) {
        throw new RefusedException(files().get(1).problem("is no twin (expected: one)"));
      }
      taken.add(one);
    }

    @Override
    public Optional<Instant> expires() {
      return Optional.of(Instant.ofEpochSecond(taken.size()));
    }
  }
}
