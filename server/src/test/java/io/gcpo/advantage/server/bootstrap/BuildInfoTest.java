// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BuildInfoTest {
  @Test
  void load_thisBuild_hasVersion() {
    BuildInfo build = BuildInfo.load();
    assertThat(build.version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
    assertThat(build.javaVersion()).isEqualTo(System.getProperty("java.version"));
  }

  @Test
  void of_allKnown_isRead() {
    Properties git = new Properties();
    git.setProperty("git.commit.id.abbrev", "0123456789");
    git.setProperty("git.commit.time", "2026-01-02T03:04:05Z");
    Properties build = new Properties();
    build.setProperty("version", "1.2.3");
    assertThat(BuildInfo.of(build, git, "17"))
        .isEqualTo(
            new BuildInfo(
                "1.2.3", "0123456789", Optional.of(Instant.parse("2026-01-02T03:04:05Z")), "17"));
  }

  @Test
  void of_nothingKnown_isUnknown() {
    assertThat(BuildInfo.of(new Properties(), new Properties(), "17"))
        .isEqualTo(new BuildInfo("unknown", "unknown", Optional.empty(), "17"));
  }
}
