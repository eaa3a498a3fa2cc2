// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gcpo.advantage.server.bootstrap.Managed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a page for people at {@code /}, and {@code /metrics}, {@code /livez} and {@code /readyz},
 * over HTTP on a port of its own, which stays responsive whatever the gRPC port is busy with.
 */
public final class ManagementServer implements Managed {
  private static final Logger logger = LoggerFactory.getLogger(ManagementServer.class);
  private static final int BACKLOG = 64;

  /** A browser runs nothing, loads nothing from elsewhere, tells nobody and keeps nothing. */
  private static final ImmutableMap<String, String> SAFETY =
      ImmutableMap.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action"
              + " 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-store");

  private final ManagementConfig config;
  private final Pages pages;
  private final ExecutorService executor;
  private volatile @Nullable HttpServer server;

  @Inject
  ManagementServer(ManagementConfig config, Pages pages, @ForManagement ExecutorService executor) {
    this.config = config;
    this.pages = pages;
    this.executor = executor;
  }

  @Override
  public void start() throws IOException {
    if (!config.isEnabled()) {
      return;
    }
    HttpServer created = bind(new InetSocketAddress(config.host(), config.port()));
    created.createContext("/", this::handle);
    created.setExecutor(executor);
    created.start();
    server = created;
    logger.info("Management port: {}", created.getAddress());
  }

  @Override
  public void stop() {
    HttpServer running = server;
    if (running != null) {
      running.stop(0);
    }
    executor.shutdown();
  }

  /** Where it listens; empty before the start and if it is switched off. */
  public Optional<InetSocketAddress> address() {
    return Optional.ofNullable(server).map(HttpServer::getAddress);
  }

  private static HttpServer bind(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, BACKLOG);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "management.port: %s (expected: an address that can be bound)".formatted(address), e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Page answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Page.text(405, "method not allowed\n");
    }
    String path = exchange.getRequestURI().getPath();
    try {
      return pages.at(
          path,
          Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
          exchange.getRequestHeaders().getFirst("Accept"));
    } catch (RuntimeException e) {
      logger.warn("Management page failed: {}", path, e);
      return Page.text(500, "internal error\n");
    }
  }

  private static void send(HttpExchange exchange, Page page) throws IOException {
    byte[] body = page.body().getBytes(UTF_8);
    SAFETY.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", page.contentType());
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(page.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(page.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}
