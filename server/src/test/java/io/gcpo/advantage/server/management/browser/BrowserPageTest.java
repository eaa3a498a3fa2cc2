// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the real server, after real rollouts, in a real browser. */
@Timeout(300)
class BrowserPageTest {
  /** A folder that gets pictures of the page, where it is set. */
  private static final String PICTURES = "gcpo.screenshots";

  /** Of every text its contrast to what is behind it (WCAG 2); the least of all. */
  private static final String LEAST_CONTRAST =
      """
      (() => {
        const parse = color => color.match(/[0-9.]+/g).map(Number);
        const light = color => {
          const [r, g, b] = parse(color).map(v => v / 255)
              .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = e => {
          const color = getComputedStyle(e).backgroundColor;
          return (parse(color)[3] ?? 1) > 0 ? color : behind(e.parentElement);
        };
        return Math.min(...[...document.querySelectorAll('body *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
            .map(e => [light(getComputedStyle(e).color), light(behind(e))].sort((a, b) => b - a))
            .map(([more, less]) => (more + 0.05) / (less + 0.05)));
      })()""";

  @TempDir private static Path folder;

  private static Chromium browser;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    browser = Chromium.start(folder);
    server = TestServer.real(Map.of());
    for (int step = 0; step < 3; step++) {
      server
          .client()
          .compute(ComputeAdvantagesRequest.newBuilder().addAllGroups(Examples.all()).build());
    }
    assertThatThrownBy(() -> server.client().compute(ComputeAdvantagesRequest.getDefaultInstance()))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void page_isReadable_inBothColours(String scheme) throws Exception {
    try (Tab tab = browser.open()) {
      colours(tab, scheme);
      tab.load(address());

      assertThat(Double.parseDouble(tab.ask(LEAST_CONTRAST))).isGreaterThanOrEqualTo(4.5);
      boolean dark =
          tab.ask("getComputedStyle(document.body).backgroundColor").startsWith("rgb(13");
      assertThat(dark).isEqualTo(scheme.equals("dark"));
      picture(tab, scheme);
    }
  }

  @Test
  void page_asksNobodyElse_andComplainsOfNothing() throws Exception {
    try (Tab tab = browser.open()) {
      tab.load(address());

      assertThat(tab.events("Network.requestWillBeSent"))
          .extracting(event -> event.getAsJsonObject("request").get("url").getAsString())
          .filteredOn(url -> !url.startsWith("data:"))
          .containsExactlyInAnyOrder(address(), address() + "style.css");
      assertThat(tab.events("Log.entryAdded")).isEmpty();
      assertThat(tab.events("Runtime.consoleAPICalled")).isEmpty();
      assertThat(tab.events("Runtime.exceptionThrown")).isEmpty();
      assertThat(tab.ask("document.compatMode")).isEqualTo("CSS1Compat");
      assertThat(tab.ask("document.styleSheets.length")).isEqualTo("1");
    }
  }

  @Test
  void numbers_areThere_withoutScripts() throws Exception {
    try (Tab tab = browser.open()) {
      tab.call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
      tab.load(address());

      List<String> shown = new ArrayList<>();
      for (JsonElement node :
          tab.call("Accessibility.getFullAXTree", Map.of()).getAsJsonArray("nodes")) {
        JsonObject name = node.getAsJsonObject().getAsJsonObject("name");
        if (name != null && name.has("value")) {
          shown.add(name.get("value").getAsString());
        }
      }
      assertThat(shown)
          .contains("Ready", "Throughput", "Last groups", "all-MiniLM-L6-v2", "INVALID_ARGUMENT")
          .contains(Integer.toString(3 * Examples.all().size()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 768, 1920})
  void window_ofAnyWidth_neverScrollsSideways(int width) throws Exception {
    try (Tab tab = browser.open()) {
      window(tab, width, 900);
      tab.load(address());

      assertThat(Integer.parseInt(tab.ask("document.documentElement.scrollWidth")))
          .isLessThanOrEqualTo(width);
    }
  }

  private static void picture(Tab tab, String scheme) throws Exception {
    window(tab, 1100, 700);
    int height = Integer.parseInt(tab.ask("document.documentElement.scrollHeight"));
    window(tab, 1100, height);
    byte[] picture = Picture.small(tab.screenshot());
    assertThat(picture.length).isGreaterThan(20_000);
    String pictures = System.getProperty(PICTURES);
    if (pictures != null) {
      Path images = Files.createDirectories(Path.of(pictures));
      Files.write(images.resolve("management-" + scheme + ".png"), picture);
    }
  }

  private static void colours(Tab tab, String scheme) throws InterruptedException {
    tab.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private static void window(Tab tab, int width, int height) throws InterruptedException {
    tab.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  private static String address() {
    return "http://127.0.0.1:" + server.managementPort() + "/";
  }
}
