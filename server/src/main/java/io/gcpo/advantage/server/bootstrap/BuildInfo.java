// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Which build this is; {@code unknown} for what the build did not know.
 *
 * @param version of the project, for example {@code 1.2.0}
 * @param commit abbreviated
 * @param commitTime absent outside a checkout
 * @param javaVersion of the running virtual machine
 */
public record BuildInfo(
    String version, String commit, Optional<Instant> commitTime, String javaVersion) {
  private static final String UNKNOWN = "unknown";

  /** Of the running program. */
  public static BuildInfo load() {
    Properties build = read("build.properties");
    Properties git = read("/git.properties");
    return of(build, git, System.getProperty("java.version", UNKNOWN));
  }

  static BuildInfo of(Properties build, Properties git, String javaVersion) {
    return new BuildInfo(
        build.getProperty("version", UNKNOWN),
        git.getProperty("git.commit.id.abbrev", UNKNOWN),
        Optional.ofNullable(git.getProperty("git.commit.time")).map(Instant::parse),
        javaVersion);
  }

  private static Properties read(String resource) {
    Properties properties = new Properties();
    try (InputStream stream = BuildInfo.class.getResourceAsStream(resource)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
