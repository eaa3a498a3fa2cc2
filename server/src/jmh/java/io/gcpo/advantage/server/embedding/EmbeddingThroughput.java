// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.base.Ticker;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.batching.BatchingEmbedder;
import io.gcpo.advantage.server.embedding.batching.EmbeddingThreads;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.nd4j.Nd4jEngine;
import io.gcpo.advantage.server.embedding.onnx.BareOnnxLoop;
import io.gcpo.advantage.server.embedding.onnx.OnnxEncoderFactory;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import io.gcpo.advantage.server.testing.Models;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Compares the embedder with a bare ONNX Runtime loop over the same texts, in one run: tokens per
 * second, special tokens included, padding not.
 *
 * <pre>{@code
 * mvn -Pbench -pl server -am package \
 *   -Dbench.main=io.gcpo.advantage.server.embedding.EmbeddingThroughput \
 *   "-Dbench.args=gsm8k_groups.jsonl 4000 3"
 * }</pre>
 *
 * <p>Arguments: a file of groups, the number of texts, the number of rounds, and optionally a
 * regular expression that chooses variants by name. Each round runs every variant once, so that a
 * busy machine slows all of them alike; a variant's best round counts.
 */
public final class EmbeddingThroughput {
  private interface Run {
    void embed() throws Exception;
  }

  private static final class Variant {
    private final String name;
    private final boolean bare;
    private final Run run;
    private double bestSeconds = Double.POSITIVE_INFINITY;

    Variant(String name, boolean bare, Run run) {
      this.name = name;
      this.bare = bare;
      this.run = run;
    }
  }

  private final List<String> texts;
  private final ModelDirectory model;
  private final List<Variant> variants = new ArrayList<>();

  private EmbeddingThroughput(List<String> texts, ModelDirectory model) {
    this.texts = texts;
    this.model = model;
  }

  /** See above. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(Objects.requireNonNull(System.getProperty("gcpo.model.directory")));
    EmbeddingThroughput throughput =
        new EmbeddingThroughput(
            read(Path.of(args[0]), Integer.parseInt(args[1])), Models.read(directory));
    Pattern chosen = Pattern.compile(args.length > 3 ? args[3] : "");
    throughput.run(Integer.parseInt(args[2]), chosen, System.out);
  }

  private void run(int rounds, Pattern chosen, PrintStream out) throws Exception {
    try (Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(model.tokenizerFile());
        BareOnnxLoop bare = new BareOnnxLoop(model.modelFile(), tokenizer)) {
      List<TokenIds> contents = texts.stream().map(tokenizer::encode).toList();
      for (int budget : new int[] {512, 1024, 2048, 4096}) {
        variants.add(
            new Variant(
                "bare loop, budget " + budget,
                true,
                () -> bare.run(contents, budget, model.maxInputTokens())));
      }
      variants.add(
          new Variant(
              "bare loop, budget 1024, tokenising included",
              true,
              () ->
                  bare.run(
                      texts.stream().map(tokenizer::encode).toList(),
                      1024,
                      model.maxInputTokens())));
      int processors = Runtime.getRuntime().availableProcessors();
      addEmbedder(processors, 1, 512, 8);
      addEmbedder(1, processors, 512, 8);
      addEmbedder(processors, 1, 1024, 8);
      addEmbedder(1, processors, 1024, 8);
      addEmbedder(processors, 1, 512, 16);
      addEmbedder(processors, 1, 512, 4);
      addEmbedder(processors, 1, 512, 1);
      addEmbedder("ND4J", nd4j(1), processors, 1, 512, 4);
      addEmbedder("ND4J", nd4j(1), processors, 1, 1024, 4);
      long tokens = contents.stream().mapToLong(content -> content.length() + 2L).sum();
      variants.removeIf(variant -> !chosen.matcher(variant.name).find());
      measure(rounds);
      report(tokens, out);
    }
  }

  private void addEmbedder(int workers, int threads, int budget, int bucket) {
    addEmbedder("ONNX Runtime", onnxRuntime(threads), workers, threads, budget, bucket);
  }

  private Supplier<EncoderFactory> onnxRuntime(int threads) {
    return () -> OnnxEncoderFactory.open(model.modelFile(), threads);
  }

  private Supplier<EncoderFactory> nd4j(int threads) {
    return () -> new Nd4jEngine().open(model, Device.CPU, threads);
  }

  private void addEmbedder(
      String engine,
      Supplier<EncoderFactory> encoders,
      int workers,
      int threads,
      int budget,
      int bucket) {
    BatchingConfig config =
        new BatchingConfig(workers, 1, budget, budget, budget, bucket, true, 4_000_000);
    variants.add(
        new Variant(
            "embedder, %s, %d x %d threads, budget %d, bucket %d"
                .formatted(engine, workers, threads, budget, bucket),
            false,
            () -> embed(config, encoders)));
  }

  private void embed(BatchingConfig config, Supplier<EncoderFactory> encoders) throws Exception {
    BatchingEmbedder embedder =
        BatchingEmbedder.create(
            config,
            model,
            RecordedEmbeddings.read(model),
            HuggingFaceTokenizerAdapter.open(model.tokenizerFile()),
            encoders.get(),
            new EmbeddingThreads(Executors.newSingleThreadExecutor(), Thread::new),
            EmbeddingObserver.NONE,
            Ticker.systemTicker());
    embedder.start();
    long begin = System.nanoTime();
    embedder
        .embed(
            texts.stream().map(text -> new TextTask(text, TruncationPolicy.CHUNK_MEAN)).toList(),
            CancellationSignal.NONE)
        .join();
    lastSeconds = (System.nanoTime() - begin) / 1e9;
    embedder.stop();
  }

  /** Of the embedder, without the time it takes to load the model. */
  private double lastSeconds;

  private void measure(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Variant variant : variants) {
        long begin = System.nanoTime();
        variant.run.embed();
        double seconds = variant.bare ? (System.nanoTime() - begin) / 1e9 : lastSeconds;
        variant.bestSeconds = Math.min(variant.bestSeconds, seconds);
      }
    }
  }

  private void report(long tokens, PrintStream out) {
    double bestBare =
        variants.stream()
            .filter(variant -> variant.bare)
            .mapToDouble(variant -> tokens / variant.bestSeconds)
            .max()
            .orElseThrow();
    out.printf("%d texts, %d tokens%n", texts.size(), tokens);
    for (Variant variant : variants) {
      double rate = tokens / variant.bestSeconds;
      out.printf("%-66s %8.0f tokens/s  %.3f%n", variant.name, rate, rate / bestBare);
    }
    out.printf(
        "ND4J / ONNX Runtime, best of each: %.3f%n",
        best("embedder, ND4J") / best("embedder, ONNX"));
  }

  /** Rate of the fastest embedder whose name has {@code engine}; 0 if none was chosen. */
  private double best(String engine) {
    return variants.stream()
        .filter(variant -> variant.name.contains(engine))
        .mapToDouble(variant -> 1 / variant.bestSeconds)
        .max()
        .orElse(0);
  }

  private static List<String> read(Path file, int count) throws Exception {
    List<String> texts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      for (JsonElement rollout :
          JsonParser.parseString(line).getAsJsonObject().getAsJsonArray("rollouts")) {
        texts.add(rollout.getAsJsonObject().get("text").getAsString());
      }
    }
    // Evenly spread, so that fewer texts have the same mix of lengths.
    List<String> chosen = new ArrayList<>();
    int wanted = Math.min(count, texts.size());
    for (int i = 0; i < wanted; i++) {
      chosen.add(texts.get((int) ((long) i * texts.size() / wanted)));
    }
    return chosen;
  }
}
