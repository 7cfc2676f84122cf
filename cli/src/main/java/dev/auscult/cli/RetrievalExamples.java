package dev.auscult.cli;

import dev.auscult.base.Progress;
import dev.auscult.metric.TiedRank;
import dev.auscult.report.Figures;
import dev.auscult.report.HitList;
import dev.auscult.report.HitList.Hit;
import dev.auscult.report.HitList.Verdict;
import dev.auscult.report.ShownItem;
import dev.auscult.retrieval.Direction;
import dev.auscult.retrieval.DirectionResult;
import dev.auscult.retrieval.Match;
import dev.auscult.retrieval.RetrievalItem;
import dev.auscult.retrieval.RetrievalSet;
import dev.auscult.retrieval.Search;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Queries of one model from the best to the worst rank, with what it finds first. */
final class RetrievalExamples {
  private static final int HITS = 5;
  private static final int QUARTERS = 4;

  private final RetrievalSet set;
  private final FloatMatrix images;
  private final FloatMatrix texts;
  private final int threads;

  RetrievalExamples(RetrievalSet set, FloatMatrix images, FloatMatrix texts, int threads) {
    this.set = set;
    this.images = images;
    this.texts = texts;
    this.threads = threads;
  }

  /** The queries at the extremes and quartiles of a direction's ranks. */
  List<HitList> of(Direction direction, DirectionResult result) {
    List<Integer> chosen = quartiles(result.ranks());
    boolean byImage = direction == Direction.IMAGE_TO_TEXT;
    FloatMatrix queries = byImage ? images : texts;
    FloatMatrix candidates = byImage ? texts : images;
    List<List<Match>> found =
        Search.best(rows(queries, chosen), candidates, HITS, threads, Progress.NONE);
    List<HitList> lists = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      int query = chosen.get(i);
      List<Hit> hits = found.get(i).stream().map(match -> hit(direction, query, match)).toList();
      lists.add(
          new HitList(
              "%s: %s"
                  .formatted(capital(direction.words()), set.queries(direction).get(query).id()),
              "Its first right answer stands at rank %s of %s."
                  .formatted(
                      Figures.decimal(result.ranks().get(query).expected(), 1).replace(".0", ""),
                      Figures.count(set.candidates(direction).size())),
              shown(set.queries(direction).get(query), byImage),
              hits));
    }
    return lists;
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private Hit hit(Direction direction, int query, Match match) {
    RetrievalItem item = set.candidates(direction).get(match.candidate());
    boolean right = set.relevant(direction, query).contains(match.candidate());
    return new Hit(
        shown(item, direction == Direction.TEXT_TO_IMAGE),
        match.score(),
        right ? Verdict.RIGHT : Verdict.WRONG);
  }

  private ShownItem shown(RetrievalItem item, boolean image) {
    return image
        ? ShownItem.ofImage(item.id(), set.sample(item).image().read(), Optional.empty())
        : ShownItem.ofText(item.id(), set.text(item));
  }

  private static List<Integer> quartiles(List<TiedRank> ranks) {
    List<Integer> byRank =
        IntStream.range(0, ranks.size())
            .boxed()
            .sorted(Comparator.comparingDouble(query -> ranks.get(query).expected()))
            .toList();
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int quarter = 0; quarter <= QUARTERS; quarter++) {
      chosen.add(byRank.get((int) ((long) (byRank.size() - 1) * quarter / QUARTERS)));
    }
    return List.copyOf(chosen);
  }

  private static FloatMatrix rows(FloatMatrix matrix, List<Integer> rows) {
    float[] values = new float[rows.size() * matrix.columns()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(matrix.row(rows.get(i)), 0, values, i * matrix.columns(), matrix.columns());
    }
    return new FloatMatrix(rows.size(), matrix.columns(), values);
  }
}
