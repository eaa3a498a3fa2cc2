// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A collector that takes OTLP over HTTP on loopback and remembers all of it. */
final class TestCollector implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch answering;
  private final HttpServer server;
  private final List<Span> spans = new ArrayList<>();
  private final List<Resource> resources = new ArrayList<>();
  private final StringBuilder bodies = new StringBuilder();
  private final List<String> authorizations = new ArrayList<>();

  private TestCollector(CountDownLatch answering) throws IOException {
    this.answering = answering;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.setExecutor(executor);
    server.start();
  }

  static TestCollector answering() throws IOException {
    return new TestCollector(new CountDownLatch(0));
  }

  /** Takes connections and requests, and says nothing until it is closed. */
  static TestCollector hanging() throws IOException {
    return new TestCollector(new CountDownLatch(1));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Waits for a span, and answers with all of its trace; a call's span comes last of its own. */
  synchronized List<Span> awaitTrace(Predicate<Span> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (spans.stream().noneMatch(wanted)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        throw new AssertionError("not among " + spans);
      }
      wait(millis);
    }
    Span found = spans.stream().filter(wanted).findFirst().orElseThrow();
    return spans.stream().filter(span -> span.getTraceId().equals(found.getTraceId())).toList();
  }

  synchronized List<Span> spans() {
    return List.copyOf(spans);
  }

  synchronized List<Resource> resources() {
    return List.copyOf(resources);
  }

  /** All that was sent, a character a byte. */
  synchronized String bodies() {
    return bodies.toString();
  }

  synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  @Override
  public void close() {
    answering.countDown();
    server.stop(0);
    executor.shutdownNow();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      answering.await();
      remember(exchange, body);
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void remember(HttpExchange exchange, byte[] body) throws IOException {
    bodies.append(new String(body, ISO_8859_1));
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
    for (ResourceSpans resource :
        ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
      resources.add(resource.getResource());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        spans.addAll(scope.getSpansList());
      }
    }
    notifyAll();
  }
}
