// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as JSON, for scripts; sizing.md lists the fields. */
public final class ResultJson {
  /** Grows when a field changes its meaning or goes. */
  private static final int VERSION = 1;

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ResultJson() {}

  /**
   * The whole document.
   *
   * @param load what was asked for, by name
   * @param targets who was asked
   * @param runs one, or those of a sweep
   */
  public static String of(Map<String, String> load, List<String> targets, List<Result> runs) {
    JsonObject document = new JsonObject();
    document.addProperty("version", VERSION);
    document.add("targets", GSON.toJsonTree(targets));
    document.add("load", GSON.toJsonTree(load));
    JsonArray array = new JsonArray();
    runs.forEach(run -> array.add(run(run)));
    document.add("runs", array);
    Knee.of(runs)
        .ifPresent(
            knee ->
                document.addProperty("knee_calls_per_second", knee.schedule().callsPerSecond()));
    return GSON.toJson(document) + "\n";
  }

  private static JsonObject run(Result run) {
    JsonObject object = new JsonObject();
    object.addProperty("valid", run.valid());
    object.add("problems", GSON.toJsonTree(run.problems()));
    object.addProperty("kept_up", run.keptUp());
    object.addProperty("warmup_seconds", run.window().beginNanos() / 1e9);
    object.addProperty("duration_seconds", run.window().duration().toNanos() / 1e9);
    object.addProperty("seconds_to_last_answer", run.seconds());
    object.addProperty("asked_calls_per_second", run.schedule().callsPerSecond());
    object.addProperty("calls_per_step", run.schedule().callsPerStep());
    object.add("calls", calls(run.calls()));
    object.add("submissions", calls(run.submissions()));
    object.addProperty("failed_steps", run.failedSteps());
    object.add("achieved", achieved(run));
    JsonObject latencies = new JsonObject();
    for (Series series : Series.values()) {
      latencies.add(series.name().toLowerCase(Locale.ROOT), latencies(run, series));
    }
    object.add("latency_ms", latencies);
    object.add("failures", GSON.toJsonTree(run.failures()));
    object.add("group_failures", GSON.toJsonTree(run.groupFailures()));
    object.add("timeline", timeline(run));
    object.add("driver", driver(run.usage()));
    return object;
  }

  private static JsonObject calls(Calls calls) {
    JsonObject object = new JsonObject();
    object.addProperty("due", calls.due());
    object.addProperty("answered", calls.answered());
    object.addProperty("failed", calls.failed());
    object.addProperty("not_sent", calls.notSent());
    object.addProperty("unanswered", calls.unanswered());
    return object;
  }

  private static JsonObject achieved(Result run) {
    JsonObject object = new JsonObject();
    Work work = run.work();
    object.addProperty("calls_per_second", run.callsPerSecond());
    object.addProperty("groups_per_second", work.groups() / run.seconds());
    object.addProperty("rollouts_per_second", work.rollouts() / run.seconds());
    object.addProperty("text_tokens_per_second", work.textTokens() / run.seconds());
    object.addProperty("embedded_tokens_per_second", work.embeddedTokens() / run.seconds());
    return object;
  }

  private static JsonObject latencies(Result run, Series series) {
    JsonObject object = new JsonObject();
    object.addProperty("count", run.count(series));
    object.addProperty("p50", run.millis(series, 50));
    object.addProperty("p90", run.millis(series, 90));
    object.addProperty("p99", run.millis(series, 99));
    object.addProperty("p999", run.millis(series, 99.9));
    object.addProperty("max", run.millis(series, 100));
    return object;
  }

  private static JsonArray timeline(Result run) {
    JsonArray array = new JsonArray();
    for (TimeSlice slice : run.timeline()) {
      JsonObject object = new JsonObject();
      object.addProperty("at_seconds", slice.atSeconds());
      object.addProperty("calls", slice.calls());
      object.addProperty("p50_ms", slice.p50Millis());
      object.addProperty("max_ms", slice.maxMillis());
      array.add(object);
    }
    return array;
  }

  private static JsonObject driver(DriverUsage usage) {
    JsonObject object = new JsonObject();
    object.addProperty("sent", usage.sent());
    object.addProperty("attempts", usage.attempts());
    object.addProperty("processors", usage.processors());
    return object;
  }
}
