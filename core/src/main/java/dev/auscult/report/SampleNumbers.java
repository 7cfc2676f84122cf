package dev.auscult.report;

import dev.auscult.balance.Interaction;
import dev.auscult.balance.ModalityScores;
import dev.auscult.balance.ModalityShare;
import dev.auscult.balance.SampleBalance;
import dev.auscult.image.RgbImage;
import dev.auscult.report.SamplePanel.Shown;
import dev.auscult.report.Table.Column;
import dev.auscult.report.TokenSpelling.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The numbers of one sample: its figures under every model, and for each model the strongest
 * tokens, patches and interactions.
 *
 * @param models the models, at least one
 */
record SampleNumbers(List<Shown> models) implements Block {
  private static final int STRONGEST = 6;

  @Override
  public void write(HtmlWriter out) {
    Block.table(figures()).write(out);
    for (Shown model : models) {
      out.start("div", "class", "strongest");
      out.element("h4", model.name());
      strongest(model).forEach(table -> Block.table(table).write(out));
      out.end();
    }
  }

  private Table figures() {
    List<Column> columns = new ArrayList<>(List.of(Column.words("figure")));
    models.forEach(model -> columns.add(Column.numbers(model.name())));
    List<List<String>> rows = new ArrayList<>();
    row(rows, "score", m -> score(m, m.balance().score()));
    row(rows, "TScore", m -> share(m, s -> Figures.decimal(s.tscore(), 3)));
    row(rows, "IScore", m -> share(m, s -> Figures.decimal(s.iscore(), 3)));
    row(rows, "delta ± SE", m -> share(m, s -> Figures.plusMinus(s.delta(), s.deltaSe(), 3)));
    row(rows, "whole text, Shapley value", m -> signed(m, m.balance().scores().textShapley()));
    row(rows, "whole image, Shapley value", m -> signed(m, m.balance().scores().imageShapley()));
    row(rows, "synergy of both", m -> signed(m, m.balance().scores().synergy()));
    row(rows, "score, both masked", m -> score(m, m.balance().scores().empty()));
    row(rows, "score, image only", m -> score(m, m.balance().scores().imageOnly()));
    row(rows, "score, text only", m -> score(m, m.balance().scores().textOnly()));
    for (String region : regions()) {
      row(rows, "|phi| on " + region + " (its area)", m -> mass(m, region));
    }
    row(rows, "encoder passes", m -> Figures.count(m.balance().passes()));
    return new Table("Figures of this sample", columns, rows);
  }

  private void row(List<List<String>> rows, String title, Function<Shown, String> of) {
    List<String> row = new ArrayList<>(List.of(title));
    models.forEach(model -> row.add(of.apply(model)));
    rows.add(row);
  }

  private Set<String> regions() {
    Set<String> names = new LinkedHashSet<>();
    models.forEach(model -> names.addAll(model.view().regions().keySet()));
    return names;
  }

  private static String mass(Shown model, String region) {
    RgbImage mask = model.view().regions().get(region);
    return mask == null
        ? Figures.UNDEFINED
        : "%s (%s)"
            .formatted(
                Figures.percent(KnownRegion.mass(model.balance().image(), mask)),
                Figures.percent(KnownRegion.area(mask)));
  }

  private static int decimals(Shown model) {
    ModalityScores scores = model.balance().scores();
    return Figures.decimalsFor(Math.max(Math.abs(scores.full()), Math.abs(scores.empty()))) + 1;
  }

  private static String score(Shown model, double value) {
    return Figures.decimal(value, decimals(model));
  }

  private static String signed(Shown model, double value) {
    return Figures.signed(value, decimals(model));
  }

  private static String share(Shown model, Function<ModalityShare, String> of) {
    return model.balance().share().map(of).orElse(Figures.UNDEFINED);
  }

  private static List<Table> strongest(Shown model) {
    SampleBalance balance = model.balance();
    List<Piece> tokens = TokenSpelling.read(balance.text().tokens());
    int columns = balance.image().columns();
    IntFunction<String> token = i -> tokens.get(i).shown();
    IntFunction<String> patch =
        i -> "row %d, column %d".formatted(i / columns + 1, i % columns + 1);
    List<Table> tables = new ArrayList<>();
    tables.add(strongest("token", "tokens", token, balance.text().phi(), balance.text().se()));
    tables.add(strongest("patch", "patches", patch, balance.image().phi(), balance.image().se()));
    if (!balance.interactions().isEmpty()) {
      tables.add(interactions(balance.interactions(), token, patch));
    }
    return tables;
  }

  private static Table strongest(
      String what, String many, IntFunction<String> name, List<Double> phi, List<Double> se) {
    int decimals = Figures.decimalsFor(HeatMap.scale(phi));
    List<List<String>> rows =
        IntStream.range(0, phi.size())
            .boxed()
            .sorted(Comparator.comparing(i -> -Math.abs(phi.get(i))))
            .limit(STRONGEST)
            .map(
                i ->
                    List.of(
                        name.apply(i),
                        Figures.signed(phi.get(i), decimals),
                        Figures.decimal(se.get(i), decimals)))
            .toList();
    return new Table(
        "Strongest %d of %d %s".formatted(rows.size(), phi.size(), many),
        List.of(Column.words(what), Column.numbers("contribution"), Column.numbers("SE")),
        rows);
  }

  private static Table interactions(
      List<Interaction> pairs, IntFunction<String> token, IntFunction<String> patch) {
    int decimals = Figures.decimalsFor(Math.abs(pairs.get(0).value()));
    List<List<String>> rows =
        pairs.stream()
            .limit(STRONGEST)
            .map(
                pair ->
                    List.of(
                        token.apply(pair.token()),
                        patch.apply(pair.patch()),
                        Figures.signed(pair.value(), decimals)))
            .toList();
    return new Table(
        "Strongest interactions of a token with a patch",
        List.of(Column.words("token"), Column.words("patch"), Column.numbers("together")),
        rows);
  }
}
