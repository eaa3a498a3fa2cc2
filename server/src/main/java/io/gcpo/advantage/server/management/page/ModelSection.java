// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.management.live.Moment;
import io.gcpo.advantage.server.metrics.MeterReading.Queue;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Which models embed, what runs each of them and why, and what waits for them. */
final class ModelSection {
  private static final Queue EMPTY = new Queue(0, 0, 0);

  private final Embedders embedders;

  @Inject
  ModelSection(Embedders embedders) {
    this.embedders = embedders;
  }

  Html models() {
    List<Html> tables = embedders.all().stream().map(ModelSection::model).toList();
    return Section.of("models", tables.size() == 1 ? "Model" : "Models", Html.all(tables));
  }

  Html queues(Moment moment) {
    Table table =
        new Table(
            "What waits for each model",
            "model",
            "windows waiting",
            "tokens waiting",
            "tokens at most",
            "queue filled",
            "tokens of a batch");
    Map<String, Queue> queues = moment.meters().queues();
    for (TextEmbedder embedder : embedders.all()) {
      String name = embedder.model().name();
      Queue queue = queues.getOrDefault(name, EMPTY);
      table.row(
          name,
          Numbers.count(queue.sequences()),
          Numbers.count(queue.tokens()),
          Numbers.count((double) embedder.maxQueuedTokens()),
          Numbers.share(queue.tokens(), (double) embedder.maxQueuedTokens()),
          Numbers.count(queue.batchTokens()));
    }
    return Section.of("queue", "Queue", table.html());
  }

  private static Html model(TextEmbedder embedder) {
    ModelIdentity model = embedder.model();
    EngineIdentity engine = embedder.engine();
    Table table = new Table("Model " + model.name(), "what", "value");
    table.row("name", model.name());
    table.row("fingerprint", model.fingerprint());
    table.row("dimension", Integer.toString(model.dimension()));
    table.row("window", Numbers.count(model.maxInputTokens()) + " tokens");
    table.row("engine", engine.name() + " " + engine.version());
    table.row("device", engine.device());
    table.row("chosen because", engine.reason().isEmpty() ? Numbers.NONE : engine.reason());
    table.row("same bits in any company", engine.deterministic() ? "yes" : "not promised");
    return table.html();
  }
}
