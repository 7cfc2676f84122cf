package dev.auscult.report;

import dev.auscult.balance.AnswerChoice;
import dev.auscult.balance.AuditTask;
import dev.auscult.balance.ModalityScores;
import dev.auscult.balance.ModalityShare;
import dev.auscult.balance.SampleBalance;
import dev.auscult.data.Sample;
import dev.auscult.report.Table.Column;
import dev.auscult.report.TokenSpelling.Piece;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** One sample under every model: image, heat map, figures, tokens, strongest contributions. */
final class SampleBlock implements Block {
  private static final int STRONGEST = 6;
  private static final double TOKEN_TINT = 0.5;

  private final int number;
  private final AuditTask task;
  private final ShownSample shown;
  private final List<AuditedModel> models;

  SampleBlock(int number, AuditTask task, ShownSample shown, List<AuditedModel> models) {
    this.number = number;
    this.task = task;
    this.shown = shown;
    this.models = models;
  }

  @Override
  public void write(HtmlWriter out) {
    Sample sample = shown.sample();
    out.start("article", "class", "sample");
    out.element("h3", "Sample " + sample.id());
    out.element("p", "Shown because: " + shown.why() + ".", "class", "why");
    if (task == AuditTask.VQA) {
      sample.question().ifPresent(text -> quoted(out, "Question", text));
      sample.answer().ifPresent(text -> quoted(out, "Reference answer", text));
    } else {
      sample.text().ifPresent(text -> quoted(out, "Text", text));
    }
    for (int m = 0; m < models.size(); m++) {
      SampleBalance balance = models.get(m).shown().get(sample.id());
      if (balance != null) {
        write(out, models.get(m), balance, "sample-%d-model-%d".formatted(number, m + 1));
      }
    }
    out.end();
  }

  private static void quoted(HtmlWriter out, String what, String text) {
    out.start("p", "class", "quoted").element("b", what + ": ").text(text).end();
  }

  private void write(HtmlWriter out, AuditedModel model, SampleBalance balance, String file) {
    out.start("div", "class", "model").start("div", "class", "model-head");
    out.element("h4", model.name());
    if (balance.noiseDominated()) {
      out.element("span", "noise-dominated", "class", "badge");
    }
    out.end();
    if (balance.noiseDominated()) {
      out.element(
          "p",
          "The mean standard error exceeds the mean absolute contribution: do not read single"
              + " patches or tokens from this map; a larger budget of passes sharpens it.",
          "class",
          "key");
    }
    balance.choice().ifPresent(choice -> answer(out, choice));
    views(out, model, balance, file);
    strongest(out, balance);
    out.end();
  }

  private static void answer(HtmlWriter out, AnswerChoice choice) {
    String verdict = choice.correct() ? " (correct)" : " (wrong)";
    quoted(out, "The model's answer", choice.predicted() + verdict);
  }

  private void views(HtmlWriter out, AuditedModel model, SampleBalance balance, String file) {
    AuditedModel.View view = model.views().apply(balance.id());
    HeatMap map = new HeatMap(view.image(), balance.image(), view.regions());
    byte[] plain = PictureFormat.png(HeatMapPicture.buffered(view.image()));
    HeatMapPicture heat =
        new HeatMapPicture(
            map, "Heat map of sample %s under %s".formatted(balance.id(), model.name()));
    String svg = heat.svg();
    out.file(file + "-image.png", plain);
    out.file(file + "-heat-map.svg", svg.getBytes(StandardCharsets.UTF_8));
    out.picturesOnly(
        () ->
            out.file(file + "-heat-map.png", PictureFormat.png(heat.picture(file + "-heat-map"))));
    out.start("div", "class", "views").start("figure");
    out.start(
        "img",
        "src",
        HtmlWriter.pngUri(plain),
        "alt",
        "Sample %s as %s sees it, %d x %d pixels"
            .formatted(balance.id(), model.name(), view.image().width(), view.image().height()));
    out.element(
            "figcaption",
            "As the model sees it, %d × %d px."
                .formatted(view.image().width(), view.image().height()))
        .end();
    out.start("figure").markup(svg);
    out.start("figcaption").text("Contributions of %s patches.".formatted(grid(balance)));
    out.links(file + "-heat-map").end().end();
    out.start("div", "class", "figures");
    Block.table(figures(balance, view)).write(out);
    out.end().start("div", "class", "words");
    tokens(out, balance);
    out.end().end();
  }

  private static String grid(SampleBalance balance) {
    return balance.image().rows() + " × " + balance.image().columns();
  }

  private static Table figures(SampleBalance balance, AuditedModel.View view) {
    ModalityScores scores = balance.scores();
    double scale = Math.max(Math.abs(scores.full()), Math.abs(scores.empty()));
    int decimals = Figures.decimalsFor(scale) + 1;
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("score", Figures.decimal(balance.score(), decimals)));
    rows.add(List.of("TScore", share(balance, s -> Figures.decimal(s.tscore(), 3))));
    rows.add(List.of("IScore", share(balance, s -> Figures.decimal(s.iscore(), 3))));
    rows.add(
        List.of("delta ± SE", share(balance, s -> Figures.plusMinus(s.delta(), s.deltaSe(), 3))));
    rows.add(List.of("whole text, Shapley value", Figures.signed(scores.textShapley(), decimals)));
    rows.add(
        List.of("whole image, Shapley value", Figures.signed(scores.imageShapley(), decimals)));
    rows.add(List.of("synergy of both", Figures.signed(scores.synergy(), decimals)));
    rows.add(List.of("score, both masked", Figures.decimal(scores.empty(), decimals)));
    rows.add(List.of("score, image only", Figures.decimal(scores.imageOnly(), decimals)));
    rows.add(List.of("score, text only", Figures.decimal(scores.textOnly(), decimals)));
    view.regions()
        .forEach(
            (name, mask) ->
                rows.add(
                    List.of(
                        "|phi| on " + name + " (its area)",
                        "%s (%s)"
                            .formatted(
                                Figures.percent(KnownRegion.mass(balance.image(), mask)),
                                Figures.percent(KnownRegion.area(mask))))));
    rows.add(List.of("encoder passes", Figures.count(balance.passes())));
    return new Table(
        "Figures of this sample", List.of(Column.words("figure"), Column.numbers("value")), rows);
  }

  private static String share(SampleBalance balance, Function<ModalityShare, String> of) {
    return balance.share().map(of).orElse(Figures.UNDEFINED);
  }

  private static void tokens(HtmlWriter out, SampleBalance balance) {
    List<Piece> pieces = TokenSpelling.read(balance.text().tokens());
    List<Double> phi = balance.text().phi();
    double scale = HeatMap.scale(phi);
    int decimals = Figures.decimalsFor(scale);
    out.start("p", "class", "tokens");
    for (int i = 0; i < pieces.size(); i++) {
      if (i > 0 && !pieces.get(i).joined()) {
        out.text(" ");
      }
      String value = Figures.plusMinus(phi.get(i), balance.text().se().get(i), decimals);
      out.element(
          "span",
          pieces.get(i).text(),
          "class",
          "token " + (phi.get(i) > 0 ? "up" : phi.get(i) < 0 ? "down" : "none"),
          "style",
          "background:" + css(HeatMap.tint(phi.get(i), scale)),
          "title",
          ChartStyle.minus(value));
    }
    out.end();
    out.element(
        "p",
        ("Red with a solid line raises the score, blue with a dashed line lowers it; the strongest"
                + " token is %s. Tokens and patches have scales of their own.")
            .formatted(Figures.decimal(scale, decimals)),
        "class",
        "key");
  }

  private static String css(Color tint) {
    return "rgba(%d,%d,%d,%s)"
        .formatted(
            tint.getRed(),
            tint.getGreen(),
            tint.getBlue(),
            Figures.decimal(TOKEN_TINT / HeatMap.STRONGEST * tint.getAlpha() / 255, 3));
  }

  private static void strongest(HtmlWriter out, SampleBalance balance) {
    List<Piece> tokens = TokenSpelling.read(balance.text().tokens());
    int columns = balance.image().columns();
    out.start("div", "class", "strongest");
    Block.table(
            strongest(
                "token", i -> tokens.get(i).shown(), balance.text().phi(), balance.text().se()))
        .write(out);
    Block.table(
            strongest(
                "patch",
                i -> "row %d, column %d".formatted(i / columns + 1, i % columns + 1),
                balance.image().phi(),
                balance.image().se()))
        .write(out);
    out.end();
  }

  private static Table strongest(
      String what, IntFunction<String> name, List<Double> phi, List<Double> se) {
    int decimals = Figures.decimalsFor(HeatMap.scale(phi));
    Comparator<Integer> byStrength = Comparator.comparing(i -> -Math.abs(phi.get(i)));
    List<List<String>> rows =
        IntStream.range(0, phi.size())
            .boxed()
            .sorted(byStrength)
            .limit(STRONGEST)
            .map(
                i ->
                    List.of(
                        name.apply(i),
                        Figures.signed(phi.get(i), decimals),
                        Figures.decimal(se.get(i), decimals)))
            .toList();
    return new Table(
        "%s %d of %d %s"
            .formatted(
                "Strongest", rows.size(), phi.size(), what.equals("patch") ? "patches" : "tokens"),
        List.of(
            Column.words(what), Column.numbers("contribution"), Column.numbers("standard error")),
        rows);
  }
}
