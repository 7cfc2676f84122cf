package dev.auscult.report;

import dev.auscult.balance.AnswerChoice;
import dev.auscult.balance.AuditTask;
import dev.auscult.balance.FoilPairs;
import dev.auscult.balance.ModalityShare;
import dev.auscult.balance.SampleBalance;
import dev.auscult.data.Sample;
import dev.auscult.report.TokenSpelling.Piece;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One sample under every model side by side: the image, and for each model its heat map, how its
 * score divides, its answer and its tokens; below them the numbers.
 *
 * @param task what was scored
 * @param sample the sample
 * @param models the models that have a balance for it, in the order of the command
 * @param images where images lie
 * @param told whether patches and tokens tell their values without a script
 */
record SamplePanel(
    AuditTask task, Sample sample, List<Shown> models, ViewImages images, boolean told)
    implements Block {
  private static final double TOKEN_TINT = 0.5;

  /**
   * A model with what it makes of the sample.
   *
   * @param name the model's
   * @param balance of the sample
   * @param view the image as the model sees it
   */
  record Shown(String name, SampleBalance balance, AuditedModel.View view) {

    /** The model's heat map. */
    HeatMap map() {
      return new HeatMap(view.image(), balance.image(), view.regions(), balance.noiseDominated());
    }
  }

  /** Copies the list. */
  SamplePanel {
    models = List.copyOf(models);
  }

  /** The models that have a balance for a sample, with it. */
  static List<Shown> shown(List<AuditedModel> models, String id) {
    List<Shown> shown = new ArrayList<>();
    for (AuditedModel model : models) {
      model
          .balanceOf(id)
          .ifPresent(b -> shown.add(new Shown(model.name(), b, model.views().apply(id))));
    }
    return shown;
  }

  @Override
  public void write(HtmlWriter out) {
    words(out);
    if (models.isEmpty()) {
      out.element("p", "No model has a result for this sample; skipped.csv says why.");
      return;
    }
    out.start("div", "class", "panel");
    seen(out, models.get(0));
    models.forEach(model -> column(out, model));
    out.end();
    SampleNumbers numbers = new SampleNumbers(models);
    out.start("details", "class", "numbers");
    out.element("summary", "Figures, strongest contributions and interactions");
    numbers.write(out);
    out.end();
  }

  private void words(HtmlWriter out) {
    switch (task) {
      case VQA -> {
        sample.question().ifPresent(text -> quoted(out, "Question", text));
        sample.answer().ifPresent(text -> quoted(out, "Reference answer", text));
      }
      case CLASS -> {
        sample.label().ifPresent(text -> quoted(out, "Reference class", text));
        sample.text().ifPresent(text -> quoted(out, "Caption, not scored", text));
      }
      case FOIL -> {
        String what = FoilPairs.isFoil(sample.id()) ? "Foil" : "Text";
        sample.text().ifPresent(text -> quoted(out, what, text));
      }
      case ISA, RETRIEVAL -> sample.text().ifPresent(text -> quoted(out, "Text", text));
    }
  }

  private static void quoted(HtmlWriter out, String what, String text) {
    out.start("p", "class", "quoted").element("b", what + ": ").text(text).end();
  }

  private void seen(HtmlWriter out, Shown model) {
    String size =
        "%d × %d px".formatted(model.view().image().width(), model.view().image().height());
    out.start("figure", "class", "seen").element("p", "image", "class", "name");
    out.start(
        "img",
        "src",
        images.address(model.view().image()),
        "alt",
        "Sample %s as %s sees it, %s".formatted(sample.id(), model.name(), size),
        "width",
        String.valueOf(model.view().image().width()),
        "height",
        String.valueOf(model.view().image().height()));
    out.element("figcaption", "As %s sees it, %s.".formatted(model.name(), size)).end();
  }

  private void column(HtmlWriter out, Shown model) {
    SampleBalance balance = model.balance();
    out.start("figure", "class", "model", "data-figures", SampleData.of(balance));
    out.start("p", "class", "name").text(model.name());
    if (balance.noiseDominated()) {
      out.text(" ").element("span", "noise-dominated", "class", "badge");
    }
    out.end();
    share(out, balance);
    String title = "Heat map of sample %s under %s".formatted(sample.id(), model.name());
    String address = images.address(model.view().image());
    out.markup(new HeatMapSvg(model.map(), title, address, told).svg());
    out.element("p", "", "class", "readout", "aria-live", "polite");
    balance.choice().ifPresent(choice -> answer(out, choice));
    tokens(out, balance);
    out.end();
  }

  private void answer(HtmlWriter out, AnswerChoice choice) {
    String selects =
        switch (task) {
          case CLASS -> "decides for ";
          case RETRIEVAL -> "ranks first: ";
          case ISA, FOIL, VQA -> "answers ";
        };
    out.start("p", "class", "answer " + (choice.correct() ? "right" : "wrong"));
    out.text(selects + choice.predicted() + (choice.correct() ? " (correct)" : " (wrong)"));
    out.end();
  }

  private static void share(HtmlWriter out, SampleBalance balance) {
    Optional<ModalityShare> share = balance.share();
    if (share.isEmpty()) {
      out.element("p", "balance undefined: every contribution is 0", "class", "key");
      return;
    }
    String tscore = Figures.percent(share.get().tscore());
    String iscore = Figures.percent(share.get().iscore());
    out.start(
        "div",
        "class",
        "share",
        "role",
        "img",
        "aria-label",
        "TScore %s, IScore %s".formatted(tscore, iscore));
    out.element("span", "", "class", "of-text", "style", "width:" + tscore.replace(" ", ""));
    out.end();
    out.element("p", "TScore %s, IScore %s".formatted(tscore, iscore), "class", "key tight");
    String delta = Figures.plusMinus(share.get().delta(), share.get().deltaSe(), 3);
    out.element("p", "delta " + ChartStyle.minus(delta), "class", "key");
  }

  private void tokens(HtmlWriter out, SampleBalance balance) {
    List<Piece> pieces = TokenSpelling.read(balance.text().tokens());
    List<Double> phi = balance.text().phi();
    double scale = HeatMap.scale(phi);
    int decimals = Figures.decimalsFor(scale);
    out.start("p", "class", "tokens");
    for (int i = 0; i < pieces.size(); i++) {
      if (i > 0 && !pieces.get(i).joined()) {
        out.text(" ");
      }
      String sign = phi.get(i) > 0 ? "up" : phi.get(i) < 0 ? "down" : "none";
      List<String> attributes =
          new ArrayList<>(
              List.of("class", "token " + sign, "style", "background:" + css(phi.get(i), scale)));
      if (told) {
        String value = Figures.plusMinus(phi.get(i), balance.text().se().get(i), decimals);
        attributes.addAll(List.of("title", ChartStyle.minus(value)));
      }
      out.element("span", pieces.get(i).text(), attributes.toArray(String[]::new));
    }
    out.end();
    out.element("p", "strongest token " + Figures.decimal(scale, decimals), "class", "key");
  }

  private static String css(double phi, double scale) {
    Color tint = HeatMap.tint(phi, scale);
    return "rgba(%d,%d,%d,%s)"
        .formatted(
            tint.getRed(),
            tint.getGreen(),
            tint.getBlue(),
            Figures.decimal(TOKEN_TINT / HeatMap.STRONGEST * tint.getAlpha() / 255, 3));
  }
}
