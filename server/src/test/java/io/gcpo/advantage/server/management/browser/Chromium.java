// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gcpo.advantage.server.testing.InstalledProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Chromium without a window, steered over its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private Chromium(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** With a profile of its own in {@code folder}; waits until it can be steered. */
  static Chromium start(Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("chromium.log");
    Path profile = folder.resolve("profile");
    Process process =
        new ProcessBuilder(
                List.of(
                    InstalledProgram.path("chromium", "chromium"),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--remote-debugging-port=0",
                    "--user-data-dir=" + profile))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    List<String> lines = List.of();
    for (int tries = 0; lines.size() < 2; tries++) {
      assertThat(process.waitFor(50, TimeUnit.MILLISECONDS) || tries > 1_200)
          .as(() -> "ended or silent: " + log)
          .isFalse();
      lines = Files.exists(portFile) ? Files.readAllLines(portFile) : List.of();
    }
    return new Chromium(process, Integer.parseInt(lines.get(0)));
  }

  /** A new tab. */
  Tab open() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .PUT(BodyPublishers.noBody())
            .build();
    JsonObject tab =
        JsonParser.parseString(http.send(request, BodyHandlers.ofString()).body())
            .getAsJsonObject();
    return new Tab(http, URI.create(tab.get("webSocketDebuggerUrl").getAsString()));
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
