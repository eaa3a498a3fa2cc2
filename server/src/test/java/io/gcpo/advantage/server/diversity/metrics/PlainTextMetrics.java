// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.diversity.feature.TextTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Metrics of texts straight from their definitions: n-grams are lists of strings. */
final class PlainTextMetrics {
  private PlainTextMetrics() {}

  static List<List<String>> nGrams(String text, int order) {
    List<String> tokens = TextTokens.of(text);
    List<List<String>> nGrams = new ArrayList<>();
    for (int k = 0; k + order <= tokens.size(); k++) {
      nGrams.add(tokens.subList(k, k + order));
    }
    return nGrams;
  }

  static double distinctN(List<String> texts, int order) {
    List<List<String>> all = new ArrayList<>();
    texts.forEach(text -> all.addAll(nGrams(text, order)));
    return all.isEmpty() ? 0 : (double) new HashSet<>(all).size() / all.size();
  }

  static double selfBleu(List<String> texts) {
    double sum = 0;
    for (int i = 0; i < texts.size(); i++) {
      List<String> others = new ArrayList<>(texts);
      others.remove(i);
      sum += others.isEmpty() ? 0 : bleu(texts.get(i), others);
    }
    return sum / texts.size();
  }

  private static double bleu(String text, List<String> references) {
    int length = TextTokens.of(text).size();
    double product = 1;
    for (int order = 1; order <= 4; order++) {
      int matches = matches(text, references, order);
      if (order == 1 && matches == 0) {
        return 0;
      }
      product *= (matches == 0 ? 0.1 : matches) / Math.max(1, nGrams(text, order).size());
    }
    int closest = closest(length, references);
    double penalty = length > closest ? 1 : Math.exp(1 - (double) closest / length);
    return penalty * Math.pow(product, 0.25);
  }

  private static int matches(String text, List<String> references, int order) {
    int matches = 0;
    for (Map.Entry<List<String>, Integer> own : counts(text, order).entrySet()) {
      int most = 0;
      for (String reference : references) {
        most = Math.max(most, counts(reference, order).getOrDefault(own.getKey(), 0));
      }
      matches += Math.min(own.getValue(), most);
    }
    return matches;
  }

  private static Map<List<String>, Integer> counts(String text, int order) {
    Map<List<String>, Integer> counts = new HashMap<>();
    nGrams(text, order).forEach(nGram -> counts.merge(nGram, 1, Integer::sum));
    return counts;
  }

  private static int closest(int length, List<String> references) {
    return references.stream()
        .map(reference -> TextTokens.of(reference).size())
        .min(
            (a, b) -> {
              int byDistance = Integer.compare(Math.abs(a - length), Math.abs(b - length));
              return byDistance != 0 ? byDistance : Integer.compare(a, b);
            })
        .orElseThrow();
  }
}
