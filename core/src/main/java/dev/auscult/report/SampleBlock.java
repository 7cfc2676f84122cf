package dev.auscult.report;

import dev.auscult.balance.AuditTask;
import java.util.List;

/**
 * A sample in full on the report's own page, with its pictures as files: all models side by side,
 * and each heat map by itself.
 *
 * @param number names its files
 * @param task what was scored
 * @param chosen the sample, and why it is shown
 * @param models the audited models
 */
record SampleBlock(int number, AuditTask task, ShownSample chosen, List<AuditedModel> models)
    implements Block {

  /** Copies the list. */
  SampleBlock {
    models = List.copyOf(models);
  }

  @Override
  public void write(HtmlWriter out) {
    String id = chosen.sample().id();
    List<SamplePanel.Shown> shown = SamplePanel.shown(models, id);
    out.start("article", "class", "sample");
    out.element("h3", "Sample " + id);
    out.element("p", "Shown because: " + chosen.why() + ".", "class", "why");
    new SamplePanel(task, chosen.sample(), shown, ViewImages.EMBEDDED, true).write(out);
    if (!shown.isEmpty()) {
      files(out, id, shown);
    }
    out.end();
  }

  private void files(HtmlWriter out, String id, List<SamplePanel.Shown> shown) {
    String panel = "sample-%d-panel".formatted(number);
    out.picturesOnly(
        () -> {
          Picture picture = panel(panel, id, shown);
          out.files(panel, PictureFormat.svg(picture), PictureFormat.png(picture));
        });
    out.start("p", "class", "key also").text("All models side by side as");
    out.links(panel).text("; heat maps alone:");
    for (int m = 0; m < shown.size(); m++) {
      String name = "sample-%d-model-%d-heat-map".formatted(number, m + 1);
      String title = "Heat map of sample %s under %s".formatted(id, shown.get(m).name());
      HeatMap map = shown.get(m).map();
      String image = ViewImages.EMBEDDED.address(map.image());
      String svg = new HeatMapSvg(map, title, image, true).svg();
      Picture drawing = new HeatMapDrawing(map).picture(name, title);
      out.picturesOnly(() -> out.files(name, svg, PictureFormat.png(drawing)));
      out.text(" " + shown.get(m).name()).links(name);
    }
    out.end();
  }

  private static Picture panel(String name, String id, List<SamplePanel.Shown> shown) {
    return PanelPicture.of(
        name,
        id,
        shown.stream()
            .map(model -> new PanelPicture.Model(model.name(), model.map(), model.balance()))
            .toList());
  }
}
