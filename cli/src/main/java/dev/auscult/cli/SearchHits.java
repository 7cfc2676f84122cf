package dev.auscult.cli;

import dev.auscult.base.Progress;
import dev.auscult.report.Block;
import dev.auscult.report.CsvFile;
import dev.auscult.report.Figures;
import dev.auscult.report.HitList;
import dev.auscult.report.HitList.Hit;
import dev.auscult.report.HitList.Verdict;
import dev.auscult.report.RunReport;
import dev.auscult.report.Section;
import dev.auscult.report.SimpleReport;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import dev.auscult.retrieval.Match;
import dev.auscult.retrieval.Search;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param queries what was looked for
 * @param pool what was searched
 * @param matches of every query, the best first
 */
record SearchHits(SearchQueries queries, SearchPool pool, List<List<Match>> matches) {
  private static final int SHOWN_LETTERS = 60;
  private static final List<String> LIMITS =
      List.of(
          "The hits are those of the model, the most similar first; that they are similar does not"
              + " mean that they show what was asked for: there is always a most similar one.",
          "Similarities of different models, and of texts and images as queries, cannot be compared.");

  /** Copies the list. */
  SearchHits {
    matches = List.copyOf(matches);
  }

  /** Finds the {@code top} best of the pool for every query. */
  static SearchHits find(
      SearchQueries queries, SearchPool pool, int top, int threads, Progress progress) {
    return new SearchHits(
        queries,
        pool,
        Search.best(queries.vectors(), pool.embeddings().vectors(), top, threads, progress));
  }

  /** The result as scripts read it. */
  Map<String, @Nullable Object> figures() {
    List<Map<String, @Nullable Object>> found = new ArrayList<>();
    for (int q = 0; q < matches.size(); q++) {
      Map<String, @Nullable Object> query = new LinkedHashMap<>();
      query.put("query", queries.names().get(q));
      query.put("hits", matches.get(q).stream().map(this::json).toList());
      found.add(query);
    }
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("searched", pool.embeddings().size());
    figures.put("skipped", pool.skipped().size());
    figures.put("queries", found);
    return figures;
  }

  private Map<String, @Nullable Object> json(Match match) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", pool.id(match.candidate()));
    json.put("score", match.score());
    pool.text(match.candidate()).ifPresent(text -> json.put("text", text));
    return json;
  }

  /** One row per hit. */
  Table table() {
    List<Column> columns =
        List.of(
            Column.words("query"),
            Column.numbers("rank"),
            Column.numbers("score"),
            Column.words("id"),
            Column.words("text"));
    List<List<String>> rows = new ArrayList<>();
    for (int q = 0; q < matches.size(); q++) {
      for (int i = 0; i < matches.get(q).size(); i++) {
        Match match = matches.get(q).get(i);
        rows.add(
            List.of(
                shortened(queries.names().get(q)),
                String.valueOf(i + 1),
                Figures.decimal(match.score(), 4),
                pool.id(match.candidate()),
                shortened(pool.text(match.candidate()).orElse(""))));
      }
    }
    return new Table("What is most similar to each query.", columns, rows);
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= SHOWN_LETTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN_LETTERS - 1)) + "…";
  }

  /** Writes {@code hits.csv}, {@code skipped.csv}, {@code result.json} and the page. */
  void write(Path folder, RunReport report) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    for (int q = 0; q < matches.size(); q++) {
      List<Hit> hits = new ArrayList<>();
      for (Match match : matches.get(q)) {
        rows.add(
            List.of(
                queries.names().get(q),
                hits.size() + 1,
                match.score(),
                pool.id(match.candidate()),
                pool.text(match.candidate()).orElse("")));
        hits.add(new Hit(pool.shown(match.candidate()), match.score(), Verdict.UNKNOWN));
      }
      blocks.add(
          new HitList(
              shortened(queries.names().get(q)),
              "Beside each hit: its place, and its similarity with the query.",
              queries.shown(q),
              hits));
    }
    CsvFile.write(
        folder.resolve("hits.csv"),
        List.of("query", "rank", "score", "id", "text"),
        rows.iterator());
    SkippedFile.writeInto(folder, pool.skipped());
    new SimpleReport(
            "Search",
            "The most similar of %s."
                .formatted(Figures.count(pool.embeddings().size(), "candidate")),
            List.of(new Section("Hits", blocks), Section.of("Limits", Block.points(LIMITS))),
            report)
        .write(folder);
  }
}
