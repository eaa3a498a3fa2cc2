// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.TestCertificate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tool against a server with mutual TLS. */
@Timeout(120)
class TargetTlsTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("gcpo.examples.directory"), "gsm8k_groups.jsonl");

  @TempDir private static Path folder;
  private static TestCertificate localhost;
  private static TestCertificate client;

  @BeforeAll
  static void makeCertificates() throws Exception {
    localhost = TestCertificate.make(folder, "localhost", "EC");
    client = TestCertificate.make(folder, "client.example", "EC");
  }

  @Test
  void score_rootsAndCertificate_isAnswered() {
    try (TestServer server = serve()) {
      CommandRun run =
          score(
              server,
              "--tls-roots=" + localhost.certificate(),
              "--tls-certificate=" + client.certificate(),
              "--tls-key=" + client.key());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(folder.resolve("out.jsonl")).isNotEmptyFile();
    }
  }

  @Test
  void score_withoutThem_isNotAnswered() {
    try (TestServer server = serve()) {
      for (String[] options :
          new String[][] {{}, {"--tls"}, {"--tls-roots=" + localhost.certificate()}}) {
        CommandRun run = score(server, options);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("UNAVAILABLE");
      }
    }
  }

  @Test
  void score_certificateThatIsNotTrusted_saysWhatIsWrongWithIt() {
    try (TestServer server = serve()) {
      assertThat(score(server, "--tls-roots=" + client.certificate()).err())
          .contains("unable to find valid certification path");
      assertThat(
              run("--target=127.0.0.1:" + server.port(), "--tls-roots=" + localhost.certificate())
                  .err())
          .contains("No subject alternative names");
    }
  }

  @Test
  void score_halfOfAPairOrNoFile_isOneLine() {
    String target = "--target=localhost:1";
    assertThat(run(target, "--tls-key=" + client.key()).err().lines())
        .containsExactly("--tls-certificate: none (expected: a file, as --tls-key is set)");
    assertThat(run(target, "--tls-certificate=" + client.certificate()).err().lines())
        .containsExactly("--tls-key: none (expected: a file, as --tls-certificate is set)");
    assertThat(run(target, "--tls-roots=" + folder.resolve("none")).err().lines())
        .singleElement()
        .asString()
        .contains(folder.resolve("none").toString(), "(expected: PEM files that can be read)");
  }

  private static TestServer serve() {
    return TestServer.with(
        new FakeEmbedder(),
        Map.of(
            "grpc.tls.certificate-chain", localhost.certificate().toString(),
            "grpc.tls.private-key", localhost.key().toString(),
            "grpc.tls.client-ca", client.certificate().toString()));
  }

  private static CommandRun score(TestServer server, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--target=localhost:" + server.port());
    return run(all.toArray(String[]::new));
  }

  private static CommandRun run(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("score", "--in=" + EXAMPLES, "--out=" + folder.resolve("out.jsonl")));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
