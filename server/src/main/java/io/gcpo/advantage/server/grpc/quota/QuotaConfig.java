// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What each client may ask for.
 *
 * @param general for clients that are not named
 * @param clients those that have limits of their own, by the names of their tokens
 * @param burst so many seconds' worth may come at once, 1 s to 1 h
 * @param mode what becomes of what is more
 */
public record QuotaConfig(
    QuotaLimits general, Map<String, QuotaLimits> clients, Duration burst, QuotaMode mode) {
  /** No limits. */
  public static final QuotaConfig OFF =
      new QuotaConfig(QuotaLimits.NONE, Map.of(), Duration.ofSeconds(10), QuotaMode.ENFORCE);

  private static final String CLIENTS = "quota.clients";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public QuotaConfig {
    clients = ImmutableMap.copyOf(clients);
    ConfigProblems problems = new ConfigProblems();
    general.check(problems, "quota.");
    clients.forEach(
        (name, limits) -> {
          problems.require(
              NAME.matcher(name).matches(),
              CLIENTS + ": %s (expected: names of tokens, of letters, digits, '.', '_' and '-')",
              name);
          limits.check(problems, prefix(name));
        });
    problems
        .require(
            burst.compareTo(Duration.ofSeconds(1)) >= 0
                && burst.compareTo(Duration.ofHours(1)) <= 0,
            "quota.burst: %s (expected: 1s to 1h)",
            burst)
        .throwIfAny();
  }

  /** Keys {@code quota.*}, and {@code clients.NAME.*} of those that {@code quota.clients} names. */
  public static QuotaConfig read(ConfigReader reader) {
    QuotaLimits general = QuotaLimits.read(reader, "quota.", OFF.general);
    Map<String, QuotaLimits> clients = new LinkedHashMap<>();
    for (String name :
        Splitter.on(',').trimResults().omitEmptyStrings().split(reader.string(CLIENTS, ""))) {
      clients.put(name, QuotaLimits.read(reader, prefix(name), general));
    }
    return new QuotaConfig(
        general,
        clients,
        reader.duration("quota.burst", OFF.burst),
        reader.choice("quota.mode", QuotaMode.class, OFF.mode));
  }

  /** Whether anybody has a limit. */
  public boolean isOn() {
    return general.isOn() || clients.values().stream().anyMatch(QuotaLimits::isOn);
  }

  /** Those of the client of this name. */
  QuotaLimits of(String client) {
    return clients.getOrDefault(client, general);
  }

  private static String prefix(String client) {
    return "clients." + client + ".";
  }
}
