package dev.auscult.report;

/**
 * A sample beside its versions with burned-in text, and what the models make of each.
 *
 * @param example the sample
 */
record OverlayExampleBlock(OverlayExample example) implements Block {

  @Override
  public void write(HtmlWriter out) {
    out.start("article", "class", "sample");
    out.element("h3", "Sample " + example.id() + ": " + example.truth());
    out.start("div", "class", "panel");
    for (OverlayExample.Version version : example.shown()) {
      out.start("figure").element("p", version.name(), "class", "name");
      out.start(
          "img",
          "src",
          ViewImages.EMBEDDED.address(version.image()),
          "alt",
          "Sample %s, %s".formatted(example.id(), version.name()),
          "width",
          String.valueOf(version.image().width()),
          "height",
          String.valueOf(version.image().height()));
      out.start("figcaption");
      version.readings().forEach(made -> made(out, made));
      out.end().end();
    }
    out.end().end();
  }

  private void made(HtmlWriter out, OverlayExample.Made made) {
    boolean right = made.predicted().equals(example.truth());
    out.element(
        "p",
        "%s: %s (right class %s)"
            .formatted(
                made.model(), made.predicted(), Figures.percent(made.reading().probability())),
        "class",
        right ? "answer right" : "answer wrong");
  }
}
