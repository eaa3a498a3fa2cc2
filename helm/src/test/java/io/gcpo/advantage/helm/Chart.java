// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart of this repository, rendered by Helm. */
final class Chart {
  static final Path DIRECTORY = Path.of("gcpo-advantage");
  static final String RELEASE = "advantage";
  static final String NAMESPACE = "rl";

  private static final String KUBERNETES = "1.31.0";

  static final Path COPY = ChartCopy.of(DIRECTORY);

  private Chart() {}

  static Rendering render(String... settings) {
    return renderAs(RELEASE, KUBERNETES, settings);
  }

  /** With settings as {@code helm --set} takes them. */
  static Rendering renderAs(String release, String kubernetes, String... settings) {
    TemplateCommand command = command(release, kubernetes);
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      command.set(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return Rendering.of(command.call());
  }

  /** With one of the value sets of {@code ci/}. */
  static Rendering render(Path values) {
    return Rendering.of(command(RELEASE, KUBERNETES).withValuesFile(values).call());
  }

  static Rendering renderSet(String name) {
    return render(DIRECTORY.resolve("ci").resolve(name + "-values.yaml"));
  }

  static List<Path> valueSets() {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
      return files.sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static TemplateCommand command(String release, String kubernetes) {
    return new Helm(COPY)
        .template()
        .withName(release)
        .withNamespace(NAMESPACE)
        .withKubeVersion(kubernetes);
  }
}
