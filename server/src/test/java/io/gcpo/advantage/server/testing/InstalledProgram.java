// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Finds programs that tests need and Maven cannot bring. */
public final class InstalledProgram {
  private InstalledProgram() {}

  /** Where it is; without it the test fails where {@code CI=true} and is left out elsewhere. */
  public static String path(String name, String debianPackage) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isPresent()) {
      return found.get().toString();
    }
    String why =
        "%s: not found (expected: on the PATH, from Debian's package %s)"
            .formatted(name, debianPackage);
    if ("true".equals(System.getenv("CI"))) {
      return fail(why);
    }
    return Assumptions.abort(why);
  }
}
