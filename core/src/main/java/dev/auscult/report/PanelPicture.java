package dev.auscult.report;

import dev.auscult.balance.ModalityShare;
import dev.auscult.balance.SampleBalance;
import dev.auscult.balance.TextContributions;
import dev.auscult.image.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One sample under several models side by side, as papers show it: the image, and for each model
 * its heat map, how its score divides between text and image, and its tokens.
 */
final class PanelPicture {
  private static final int ACROSS = 4;
  private static final int GAP = 28;
  private static final int HEADING = 52;
  private static final int MARGIN = 12;
  private static final int UNDER_MAP = 14;
  private static final int BAR = 12;

  private final List<Column> columns;
  private final int columnHeight;

  /**
   * What one model makes of the sample.
   *
   * @param name the model's
   * @param map its heat map
   * @param balance its balance
   */
  record Model(String name, HeatMap map, SampleBalance balance) {}

  private record Column(String name, Optional<Model> model, RgbImage image, TokenFlow tokens) {
    private int mapHeight() {
      return model.map(m -> m.map().totalHeight()).orElse(0);
    }
  }

  private PanelPicture(List<Column> columns) {
    this.columns = columns;
    this.columnHeight =
        columns.stream()
            .mapToInt(c -> HEADING + c.mapHeight() + UNDER_MAP + c.tokens().height())
            .max()
            .orElse(0);
  }

  /**
   * The picture.
   *
   * @param name of its files
   * @param id the sample's
   * @param models at least one
   */
  static Picture of(String name, String id, List<Model> models) {
    List<Column> columns = new ArrayList<>();
    Model first = models.get(0);
    columns.add(
        new Column(
            "image, as " + first.name() + " sees it",
            Optional.empty(),
            first.map().image(),
            TokenFlow.of(new TextContributions(List.of(), List.of(), List.of()), 1)));
    for (Model model : models) {
      columns.add(
          new Column(
              model.name(),
              Optional.of(model),
              model.map().image(),
              TokenFlow.of(model.balance().text(), HeatMap.WIDTH)));
    }
    PanelPicture panel = new PanelPicture(columns);
    int across = Math.min(ACROSS + 1, columns.size());
    int down = (columns.size() + across - 1) / across;
    return new Picture(
        name,
        alt(id, models),
        2 * MARGIN + across * HeatMap.WIDTH + (across - 1) * GAP,
        2 * MARGIN + down * panel.columnHeight + (down - 1) * GAP,
        g -> panel.draw(g, across));
  }

  private static String alt(String id, List<Model> models) {
    StringBuilder alt = new StringBuilder("Sample " + id + " under each model.");
    for (Model model : models) {
      alt.append(' ').append(model.name()).append(": ").append(share(model.balance())).append('.');
    }
    return alt.toString();
  }

  private static String share(SampleBalance balance) {
    return balance
        .share()
        .map(
            s ->
                "TScore %s, IScore %s"
                    .formatted(Figures.percent(s.tscore()), Figures.percent(s.iscore())))
        .orElse("balance undefined");
  }

  private void draw(Graphics2D g, int across) {
    for (int i = 0; i < columns.size(); i++) {
      int x = MARGIN + i % across * (HeatMap.WIDTH + GAP);
      int y = MARGIN + i / across * (columnHeight + GAP);
      g.translate(x, y);
      draw(g, columns.get(i));
      g.translate(-x, -y);
    }
  }

  private static void draw(Graphics2D g, Column column) {
    String name = ChartStyle.fitted(g, ChartStyle.STRONG, column.name(), HeatMap.WIDTH);
    ChartStyle.words(g, ChartStyle.STRONG, Palette.INK, name, 0, 13, 0);
    Optional<Model> model = column.model();
    if (model.isEmpty()) {
      drawImage(g, column.image());
      return;
    }
    SampleBalance balance = model.get().balance();
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, share(balance), 0, 30, 0);
    balance.share().ifPresent(share -> drawShare(g, share));
    g.translate(0, HEADING);
    new HeatMapDrawing(model.get().map()).draw(g);
    int below = column.mapHeight() + UNDER_MAP;
    g.translate(0, below);
    column.tokens().draw(g);
    g.translate(0, -below - HEADING);
  }

  private static void drawImage(Graphics2D g, RgbImage image) {
    int height = Math.max(1, Math.round((float) HeatMap.WIDTH * image.height() / image.width()));
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(PictureFormat.buffered(image), 0, HEADING, HeatMap.WIDTH, height, null);
  }

  private static void drawShare(Graphics2D g, ModalityShare share) {
    double split = HeatMap.WIDTH * share.tscore();
    fill(g, Palette.TEXT, 0, split);
    fill(g, Palette.IMAGE, split, HeatMap.WIDTH);
  }

  private static void fill(Graphics2D g, Color color, double from, double to) {
    g.setColor(color);
    g.fill(new Rectangle2D.Double(from, 35, to - from, BAR));
  }
}
