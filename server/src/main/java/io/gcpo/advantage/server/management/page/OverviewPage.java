// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import io.gcpo.advantage.server.management.live.LiveFigures;
import io.gcpo.advantage.server.management.live.Moment;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/**
 * The page of an operator: is it ready, what is it, what does it do, how fast, what fails. Without
 * scripts; who wants it to keep up asks the browser to load it again. Thread-safe.
 */
public final class OverviewPage {
  /** The query of a page that loads itself again. */
  public static final String REFRESH = "refresh";

  private static final int REFRESH_SECONDS = 5;
  private static final String TITLE = "GCPO advantage server";

  private final LiveFigures figures;
  private final ServerSection server;
  private final ModelSection models;
  private final RecentGroupsSection groups;
  private final LimitsSection limits;

  @Inject
  OverviewPage(
      LiveFigures figures,
      ServerSection server,
      ModelSection models,
      RecentGroupsSection groups,
      LimitsSection limits) {
    this.figures = figures;
    this.server = server;
    this.models = models;
    this.groups = groups;
    this.limits = limits;
  }

  /**
   * The page as it is now.
   *
   * @param refreshing whether it loads itself again
   */
  public String html(boolean refreshing) {
    Moment moment = figures.look();
    return "<!DOCTYPE html>\n"
        + Html.tag("html").with("lang", "en").around(head(refreshing), body(refreshing, moment))
        + "\n";
  }

  private static Html head(boolean refreshing) {
    return Html.tag("head")
        .around(
            meta("viewport", "width=device-width, initial-scale=1"),
            meta("color-scheme", "light dark"),
            refreshing
                ? Html.tag("meta")
                    .with("http-equiv", "refresh")
                    .with("content", Integer.toString(REFRESH_SECONDS))
                    .alone()
                : Html.NOTHING,
            Html.tag("title").around(TITLE),
            // An icon of nothing, so that browsers do not ask for one.
            Html.tag("link").with("rel", "icon").with("href", "data:,").alone(),
            Html.tag("link").with("rel", "stylesheet").with("href", "/style.css").alone());
  }

  private Html body(boolean refreshing, Moment moment) {
    return Html.tag("body")
        .around(
            header(refreshing),
            Html.tag("main")
                .around(
                    server.components(),
                    server.build(moment),
                    TrafficSection.throughput(moment),
                    TrafficSection.stages(moment),
                    models.queues(moment),
                    CacheSection.caches(moment),
                    ErrorSection.errors(moment),
                    groups.html(moment),
                    models.models(),
                    limits.html(),
                    documents()));
  }

  private Html header(boolean refreshing) {
    String state = server.state();
    return Html.tag("header")
        .around(
            Html.tag("h1").around(TITLE),
            Html.tag("p")
                .with("id", "state")
                .with("class", state.equals("ready") ? "state good" : "state bad")
                .around(state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1)),
            Html.tag("nav")
                .with("aria-label", "Pages")
                .around(
                    Html.all(
                        List.of(
                            refreshing
                                ? link("/", "stop updating")
                                : link(
                                    "/?" + REFRESH, "update every " + REFRESH_SECONDS + " seconds"),
                            link("/metrics", "metrics"),
                            link("/livez", "livez"),
                            link("/readyz", "readyz")))));
  }

  private static Html documents() {
    List<Html> links =
        Documents.NAMES.stream()
            .map(name -> Html.tag("li").around(link(Documents.path(name), name)))
            .toList();
    return Section.of("documents", "Documents", Html.tag("ul").around(Html.all(links)));
  }

  private static Html meta(String name, String content) {
    return Html.tag("meta").with("name", name).with("content", content).alone();
  }

  private static Html link(String target, String text) {
    return Html.tag("a").with("href", target).around(text);
  }
}
