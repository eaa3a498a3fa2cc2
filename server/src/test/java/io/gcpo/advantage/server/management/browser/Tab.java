// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.browser;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One tab of a browser. Confined to one thread. */
final class Tab implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final LinkedBlockingQueue<JsonObject> incoming = new LinkedBlockingQueue<>();
  private final List<JsonObject> events = new ArrayList<>();
  private final WebSocket socket;
  private int lastId;

  Tab(HttpClient http, URI address) throws InterruptedException {
    socket = http.newWebSocketBuilder().buildAsync(address, new Listener(incoming)).join();
    for (String domain : List.of("Page", "Network", "Log", "Runtime", "Accessibility")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Loads a page and waits until all of it is there. */
  void load(String address) throws InterruptedException {
    events.clear();
    call("Page.navigate", Map.of("url", address));
    await(message -> isEvent(message, "Page.loadEventFired"));
  }

  /** The result of a command. */
  @CanIgnoreReturnValue
  JsonObject call(String method, Map<String, ?> parameters) throws InterruptedException {
    int id = ++lastId;
    socket
        .sendText(new Gson().toJson(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    JsonObject answer = await(message -> message.has("id") && message.get("id").getAsInt() == id);
    if (answer.has("error")) {
      throw new IllegalStateException(method + ": " + answer.get("error"));
    }
    return answer.getAsJsonObject("result");
  }

  /** What a script of the test, not of the page, says of the page, as a string. */
  String ask(String script) throws InterruptedException {
    return call("Runtime.evaluate", Map.of("expression", "String(" + script + ")"))
        .getAsJsonObject("result")
        .get("value")
        .getAsString();
  }

  /** What came since the last page was asked for. */
  List<JsonObject> events(String method) {
    return events.stream()
        .filter(event -> isEvent(event, method))
        .map(event -> event.getAsJsonObject("params"))
        .toList();
  }

  /** The window as PNG. */
  byte[] screenshot() throws InterruptedException {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).get("data").getAsString());
  }

  @Override
  public void close() {
    socket.abort();
  }

  private JsonObject await(Predicate<JsonObject> wanted) throws InterruptedException {
    while (true) {
      JsonObject message = incoming.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IllegalStateException("the browser says nothing");
      }
      events.add(message);
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  private static boolean isEvent(JsonObject message, String method) {
    return message.has("method") && message.get("method").getAsString().equals(method);
  }

  private static final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();
    private final LinkedBlockingQueue<JsonObject> incoming;

    Listener(LinkedBlockingQueue<JsonObject> incoming) {
      this.incoming = incoming;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      message.append(text);
      if (last) {
        incoming.add(JsonParser.parseString(message.toString()).getAsJsonObject());
        message.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
