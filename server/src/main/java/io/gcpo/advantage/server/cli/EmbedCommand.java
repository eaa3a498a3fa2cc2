// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.TruncationPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code embed}: a file of texts in, their embeddings out. */
@Command(
    name = "embed",
    mixinStandardHelpOptions = true,
    description = {
      "Embed a file of texts.",
      "Reads one text a line, or from a .jsonl file one JSON string a line.",
      "Writes float32 [n, d] to a .npy file, or one object a line to a .jsonl file."
    })
final class EmbedCommand implements Callable<Integer> {
  private static final int TEXTS_PER_REQUEST = 256;

  @Option(names = "--in", required = true, paramLabel = "FILE", description = "The texts.")
  private @Nullable Path in;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The embeddings, .npy or .jsonl.")
  private @Nullable Path out;

  @Option(
      names = "--truncation-policy",
      paramLabel = "NAME",
      defaultValue = "chunk_mean",
      description = "chunk_mean (the default), error, keep_head or keep_tail.")
  private String truncationPolicy = "";

  @Mixin private ModelOption model = new ModelOption();

  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private @Nullable CommandSpec spec;

  EmbedCommand() {}

  @Override
  public Integer call() throws IOException {
    if (in == null || out == null || spec == null) {
      throw new IllegalStateException("not filled in by the command line");
    }
    TruncationPolicy policy =
        ConfigArguments.parse(Map.of("truncation_policy", truncationPolicy)).getTruncationPolicy();
    List<String> texts = TextsFile.read(in);
    if (texts.isEmpty()) {
      throw new InputException(in + ": no texts (expected: at least one line)");
    }
    try (ClientOptions.Session session = client.open();
        EmbeddingsFile file =
            EmbeddingsFile.create(
                out, texts.size(), model.among(session.client().info()).getDimension());
        Progress progress = Progress.over(in, "embed")) {
      for (int from = 0; from < texts.size(); from += TEXTS_PER_REQUEST) {
        List<String> part = texts.subList(from, Math.min(from + TEXTS_PER_REQUEST, texts.size()));
        EmbedTextsResponse answer =
            session
                .client()
                .embed(
                    EmbedTextsRequest.newBuilder()
                        .addAllTexts(part)
                        .setTruncationPolicy(policy)
                        .setModel(model.name())
                        .build());
        file.append(answer);
        progress.advance(part.size());
      }
    }
    spec.commandLine().getErr().printf(Locale.ROOT, "%d texts embedded%n", texts.size());
    return 0;
  }
}
