// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.auth.UnauthenticatedException;
import io.gcpo.advantage.server.pipeline.Limit;
import io.grpc.Status;

/** Of calls and connections. */
public final class RequestMetrics {
  /** The method of a call that is none of ours. */
  public static final String UNKNOWN_METHOD = "unknown";

  /** Of a failure that gives a reason that is not listed here. */
  public static final String OTHER_REASON = "other";

  /** What the status of a failed call may give as its reason; empty: it gives none. */
  public static final ImmutableSet<String> REASONS =
      ImmutableSet.of(
          "",
          "INVALID_FIELD",
          "LIMIT",
          "MODEL_FINGERPRINT_MISMATCH",
          "MODEL_NOT_FOUND",
          "CACHE_DISABLED",
          "REQUEST_ID_REUSED",
          "TOKEN_MISSING",
          "TOKEN_MALFORMED",
          "TOKEN_INVALID",
          "QUOTA",
          "QUEUE_FULL",
          "PREDICTED_WAIT",
          "DRAINING",
          "BODY_TIMEOUT",
          "WORKER_RESTARTING",
          "DEVICE_OOM",
          "NON_FINITE_EMBEDDING",
          "INTERNAL",
          "DEADLINE_EXCEEDED",
          "CANCELLED");

  private static final MetricLabel METHOD =
      MetricLabel.open("method", "full name of a method of this server; `unknown` for others");

  public static final Metric REQUESTS =
      Metric.counter(
          "gcpo_requests_total",
          "requests",
          "Calls that ended, by status code and by the reason in the status details",
          METHOD,
          MetricLabel.of("code", Status.Code.values()),
          MetricLabel.of(
              "reason",
              ImmutableList.<String>builder()
                  .addAll(REASONS)
                  .add(OTHER_REASON)
                  .build()
                  .toArray(String[]::new)));

  public static final Metric DURATION =
      Metric.of(
          MetricKind.HISTOGRAM_AND_MAX,
          "gcpo_request_duration_seconds",
          "seconds",
          "Time from the headers of a call to its status",
          METHOD);

  public static final Metric OPEN =
      Metric.gauge("gcpo_open_calls", "calls", "Calls that have begun and not ended", METHOD);

  public static final Metric ATTEMPTS =
      Metric.counter(
          "gcpo_call_attempts_total",
          "attempts",
          "Calls that came, by whether gRPC's own retries (grpc-previous-rpc-attempts) had sent"
              + " them before; clients that retry by themselves send first ones only",
          MetricLabel.of("attempt", "first", "repeated"));

  public static final Metric OPEN_CONNECTIONS =
      Metric.gauge("gcpo_open_connections", "connections", "Connections of gRPC clients");

  public static final Metric OVER_LIMIT =
      Metric.counter(
          "gcpo_over_limit_total",
          "refusals",
          "Requests, or groups of one, that were refused for exceeding a limit, by which",
          MetricLabel.lowerCase("limit", Limit.values()));

  public static final Metric NEAR_LIMIT =
      Metric.counter(
          "gcpo_near_limit_total",
          "occasions",
          "Calls that took one of the server's own limits over four fifths, by which: the calls"
              + " whose message waits, the bytes of a message, the tokens that wait for a model",
          MetricLabel.of("limit", "waiting_calls", "message_bytes", "queued_tokens"));

  public static final Metric SHED =
      Metric.counter(
          "gcpo_shed_total",
          "refusals",
          "Work that was turned away before it cost anything: too many calls wait to send their"
              + " message (waiting_calls), too many tokens for the model (queued_tokens) or groups"
              + " for a core (waiting_groups), it would wait too long or make others late"
              + " (queue_wait), or be late itself (predicted_wait)",
          MetricLabel.of(
              "reason",
              "waiting_calls",
              "queued_tokens",
              "queue_wait",
              "predicted_wait",
              "waiting_groups"));

  public static final Metric DEADLINE_DROPPED =
      Metric.counter(
          "gcpo_deadline_dropped_total",
          "drops",
          "Work that was let in and dropped at a stage, before it cost more, as its deadline had"
              + " passed or could not be met: a request (tokenize, queue) or a group (advantage)",
          MetricLabel.of("stage", "tokenize", "queue", "advantage"));

  public static final Metric AUTH_FAILURES =
      Metric.counter(
          "gcpo_auth_failures_total",
          "calls",
          "Calls refused for their token, by what was wrong with it",
          MetricLabel.of("reason", UnauthenticatedException.Reason.values()));

  /** What a client may have only so much of. */
  public static final ImmutableSet<String> QUOTA_LIMITS =
      ImmutableSet.of("calls_per_second", "bytes_per_second", "concurrent_calls");

  /** What becomes of a call that is over a quota. */
  public static final ImmutableSet<String> QUOTA_MODES = ImmutableSet.of("shadow", "enforce");

  public static final Metric QUOTA_REFUSED =
      Metric.counter(
          "gcpo_quota_refused_total",
          "calls",
          "Calls refused for the quota of their client, by which limit; with mode shadow: let"
              + " through that would have been. The log names the client",
          MetricLabel.of("limit", QUOTA_LIMITS.toArray(String[]::new)),
          MetricLabel.of("mode", QUOTA_MODES.toArray(String[]::new)));

  public static final Metric ADMITTED_BYTES =
      Metric.gauge(
          "gcpo_admitted_bytes",
          "bytes",
          "Bytes of request messages that are read or worked on; more than may be where streams"
              + " send large ones");

  public static final Metric ADMISSIBLE_BYTES =
      Metric.gauge(
          "gcpo_admissible_bytes",
          "bytes",
          "Bytes of request messages that may be read or worked on at one time");

  public static final Metric WAITING_CALLS =
      Metric.gauge(
          "gcpo_waiting_calls",
          "calls",
          "Calls whose message waits, unread, for others to be answered");

  public static final Metric JOINED =
      Metric.counter(
          "gcpo_joined_calls_total",
          "calls",
          "Calls that waited for the work of another with the same request_id and content");

  static final ImmutableList<Metric> ALL =
      ImmutableList.of(
          REQUESTS,
          DURATION,
          OPEN,
          ATTEMPTS,
          OPEN_CONNECTIONS,
          OVER_LIMIT,
          NEAR_LIMIT,
          SHED,
          DEADLINE_DROPPED,
          AUTH_FAILURES,
          QUOTA_REFUSED,
          ADMITTED_BYTES,
          ADMISSIBLE_BYTES,
          WAITING_CALLS,
          JOINED);

  private RequestMetrics() {}
}
