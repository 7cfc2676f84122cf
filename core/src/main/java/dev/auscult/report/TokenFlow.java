package dev.auscult.report;

import dev.auscult.balance.TextContributions;
import dev.auscult.report.TokenSpelling.Piece;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Tokens drawn one after another in lines of a given width, shaded by their contribution. */
final class TokenFlow {
  private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);
  private static final double LINE = 26;
  private static final double BOX = 20;
  private static final double PADDING = 4;
  private static final double SPACE = 4;
  private static final double TINT = 0.5;
  private static final BasicStroke SOLID = new BasicStroke(2);
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0);

  private final List<Placed> placed;
  private final double scale;

  private record Placed(String text, double phi, double x, double y, double width) {}

  private TokenFlow(List<Placed> placed, double scale) {
    this.placed = placed;
    this.scale = scale;
  }

  /** Places the tokens. */
  static TokenFlow of(TextContributions text, double width) {
    List<Piece> pieces = TokenSpelling.read(text.tokens());
    List<Placed> placed = new ArrayList<>();
    double x = 0;
    double y = 0;
    for (int i = 0; i < pieces.size(); i++) {
      String shown = XmlText.clean(pieces.get(i).text()).strip();
      double wide = (shown.isEmpty() ? 0 : advance(shown)) + 2 * PADDING;
      x += i > 0 && !pieces.get(i).joined() ? SPACE : 0;
      if (x > 0 && x + wide > width) {
        x = 0;
        y += LINE;
      }
      placed.add(new Placed(shown, text.phi().get(i), x, y, Math.min(wide, width)));
      x += wide;
    }
    return new TokenFlow(placed, HeatMap.scale(text.phi()));
  }

  private static double advance(String text) {
    return new TextLayout(text, ChartStyle.WORDS, METRICS).getAdvance();
  }

  /** Height of all lines. */
  int height() {
    return placed.isEmpty() ? 0 : (int) Math.ceil(placed.get(placed.size() - 1).y() + LINE);
  }

  /** Draws the tokens with the upper left corner of the first at the origin. */
  void draw(Graphics2D g) {
    for (Placed token : placed) {
      Color tint = HeatMap.tint(token.phi(), scale);
      int alpha = (int) Math.round(tint.getAlpha() * TINT / HeatMap.STRONGEST);
      g.setColor(new Color(tint.getRed(), tint.getGreen(), tint.getBlue(), alpha));
      g.fill(new Rectangle2D.Double(token.x(), token.y(), token.width(), BOX));
      if (token.phi() != 0) {
        g.setColor(token.phi() > 0 ? Palette.POSITIVE : Palette.NEGATIVE);
        g.setStroke(token.phi() > 0 ? SOLID : DASHED);
        double foot = token.y() + BOX;
        g.draw(new Line2D.Double(token.x(), foot, token.x() + token.width(), foot));
      }
      ChartStyle.words(
          g, ChartStyle.WORDS, Palette.INK, token.text(), token.x() + PADDING, token.y() + 15, 0);
    }
  }
}
