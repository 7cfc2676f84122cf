package dev.auscult.data.phantom;

import static dev.auscult.data.phantom.Curves.mix;
import static dev.auscult.data.phantom.Curves.ramp;
import static dev.auscult.data.phantom.Curves.smooth;

/** Draws a finding as opacity, 0-1 per pixel: how much of the air (or fat) is replaced. */
final class LesionDrawing {
  private final Frame frame;
  private final Geometry body;
  private final double extent;
  private final Draw draw;
  private final Raster opacity;

  private LesionDrawing(Frame frame, Geometry body, double extent, Draw draw) {
    this.frame = frame;
    this.body = body;
    this.extent = extent;
    this.draw = draw;
    this.opacity = new Raster(frame.size);
  }

  /** The opacity of a finding of a phantom; empty for the normal one and for a large heart. */
  static Raster opacity(Phantom truth, Finding finding, Frame frame, Geometry body) {
    String part = finding == truth.finding() ? "lesion" : "further lesion";
    LesionDrawing drawing = new LesionDrawing(frame, body, truth.extent(), truth.stream(part));
    switch (finding) {
      case ATELECTASIS_LEFT_LOWER_LOBE -> drawing.collapse(true);
      case ATELECTASIS_RIGHT_LOWER_LOBE -> drawing.collapse(false);
      case ATELECTASIS_RETROCARDIAC -> drawing.sail();
      case CONSOLIDATION_LEFT_LOWER_LOBE -> drawing.consolidation(true);
      case CONSOLIDATION_RIGHT_LOWER_LOBE -> drawing.consolidation(false);
      case EFFUSION_LEFT_ANGLE -> drawing.blunting(true);
      case EFFUSION_RIGHT_ANGLE -> drawing.blunting(false);
      case EFFUSION_LEFT_PLEURAL -> drawing.layer(true);
      case EFFUSION_RIGHT_PLEURAL -> drawing.layer(false);
      case EFFUSION_BILATERAL_ANGLE -> {
        drawing.blunting(true);
        drawing.blunting(false);
      }
      case EFFUSION_BILATERAL_PLEURAL -> {
        drawing.layer(true);
        drawing.layer(false);
      }
      case CARDIOMEGALY_CARDIAC, NORMAL -> {}
    }
    return drawing.opacity;
  }

  /** An opacity at a place: distance from the midline on one side, and height. */
  @FunctionalInterface
  private interface Shape {
    double at(double distance, double y);
  }

  private void paint(boolean left, double top, double bottom, Shape shape) {
    int first = Math.max(0, (int) frame.row(top));
    int last = Math.min(frame.size - 1, (int) frame.row(bottom) + 1);
    double step = frame.pixel();
    for (int row = first; row <= last; row++) {
      double y = frame.bodyY(row);
      double x0 = frame.bodyX0(y);
      for (int column = 0; column < frame.size; column++) {
        double x = x0 + column * step;
        double distance = left ? x : -x;
        if (distance > 0 && distance < body.chest + 0.02) {
          float value = (float) shape.at(distance, y);
          int at = row * frame.size + column;
          opacity.values[at] = Math.max(opacity.values[at], value);
        }
      }
    }
  }

  /** 1 inside the lung's outline, also behind heart and mediastinum. */
  private double withinLung(boolean left, double distance, double y) {
    return ramp(body.lateral(y) - distance + 0.006, 0.008)
        * ramp(body.diaphragm(left, distance) - y + 0.006, 0.008);
  }

  /** A wedge at the base with a straight outer edge, and a plate above it. */
  private void collapse(boolean left) {
    double tipX = 0.085;
    double tipY = body.hilum + mix(0.05, -0.02, extent);
    double baseX = mix(left ? 0.245 : 0.185, left ? 0.325 : 0.285, extent);
    double baseY = body.diaphragm(left, baseX);
    double strength = mix(0.72, 0.95, extent);
    double slope = (baseX - tipX) / (baseY - tipY);
    paint(
        left,
        tipY,
        0.95,
        (distance, y) -> {
          double edge = Math.min(baseX, tipX + slope * (y - tipY));
          return strength
              * ramp((edge - distance) * 0.9, 0.012)
              * smooth(0.02, 0.045, distance)
              * withinLung(left, distance, y);
        });
    plate(left, draw.uniform(0.075, 0.105));
  }

  private void plate(boolean left, double above) {
    double sign = left ? 1 : -1;
    double y = body.dome(left) - above;
    double half = frame.pixels(mix(0.008, 0.013, extent));
    Raster.Point inner = point(sign * 0.19, y + draw.uniform(-0.004, 0.012), half);
    Raster.Point outer = point(sign * (body.chest - 0.035), y - 0.012, half * 0.7);
    opacity.stroke(inner, outer, 0.62, 0.25);
  }

  private Raster.Point point(double x, double y, double halfPixels) {
    return new Raster.Point(frame.column(x, y), frame.row(y), halfPixels);
  }

  /** A triangle behind the heart whose straight edge shows through it. */
  private void sail() {
    double tipY = body.heartY - 0.10;
    double baseX = body.heartX + body.heartWide * mix(0.42, 0.66, extent);
    double baseY = body.diaphragm(true, baseX);
    double tipX = 0.04 + body.shift();
    double slope = (baseX - tipX) / (baseY - tipY);
    double strength = mix(0.62, 1.0, extent);
    paint(
        true,
        tipY,
        0.95,
        (distance, y) ->
            strength
                * ramp(tipX + slope * (y - tipY) - distance, 0.012)
                * smooth(0.015, 0.03, distance)
                * ramp(body.diaphragm(true, distance) + 0.012 - y, 0.012));
  }

  /** A blotchy cloud with dark branching airways. */
  private void consolidation(boolean left) {
    ValueNoise blotches = new ValueNoise(14, draw);
    double centreX = draw.uniform(0.205, 0.235) + (left ? 0.025 : 0);
    double centreY = body.dome(left) - draw.uniform(0.075, 0.10);
    double wide = mix(0.085, 0.135, extent);
    double high = mix(0.075, 0.125, extent);
    double strength = mix(0.62, 0.95, extent);
    paint(
        left,
        centreY - 2 * high,
        0.95,
        (distance, y) -> {
          double rx = (distance - centreX) / wide;
          double ry = (y - centreY) / high;
          double grain = blotches.at(distance * 2.4, y * 1.1) - 0.5;
          double density = 1.0 - 0.62 * (rx * rx + ry * ry) + 0.75 * grain;
          return strength * smooth(0.12, 0.72, density) * withinLung(left, distance, y);
        });
    bronchograms(left, centreX, centreY);
  }

  private void bronchograms(boolean left, double centreX, double centreY) {
    Raster airways = new Raster(frame.size);
    double sign = left ? 1 : -1;
    double half = frame.pixels(0.0048);
    Raster.Point root = point(sign * 0.09, body.hilum + 0.03, half);
    Raster.Point fork = point(sign * (centreX - 0.03), centreY - 0.035, half);
    airways.stroke(root, fork, 0.6, 0.6);
    for (int i = 0; i < 4; i++) {
      double x = centreX + 0.075 * (i - 0.8) / 2 + draw.uniform(-0.012, 0.012);
      double y = centreY + mix(0.075, 0.0, i / 3.0) + draw.uniform(-0.01, 0.01);
      airways.stroke(fork, point(sign * x, y, half * 0.8), 0.6, 0.4);
    }
    for (int i = 0; i < airways.values.length; i++) {
      opacity.values[i] *= 1 - airways.values[i];
    }
  }

  /** Fluid in the angle only, with a small meniscus. */
  private void blunting(boolean left) {
    double rise = mix(0.12, 0.195, extent) * draw.uniform(0.96, 1.04);
    double wide = mix(0.12, 0.20, extent);
    double floor = body.angleY(left);
    double surface = floor - 0.45 * rise;
    paint(
        left,
        floor - 2 * rise,
        0.99,
        (distance, y) -> {
          double t = Curves.clamp01((distance - (body.chest - wide)) / wide);
          double level = surface - 0.55 * rise * t * t;
          return ramp(y - level, 0.014)
              * ramp(distance - (body.chest - wide), 0.02)
              * withinLung(left, distance, y);
        });
  }

  /** Fluid over the whole base, rising along the chest wall. */
  private void layer(boolean left) {
    double base = body.dome(left) - mix(-0.005, 0.16, extent) + draw.uniform(-0.01, 0.01);
    double rise = mix(0.17, 0.24, extent);
    double wall = mix(0.022, 0.045, extent) * draw.uniform(0.9, 1.1);
    double wallTop = base - rise - mix(0.0, 0.10, extent);
    paint(
        left,
        wallTop - 0.06,
        0.99,
        (distance, y) -> {
          double t = distance / body.chest;
          double pool = ramp(y - (base - rise * t * t * t * t), 0.018);
          double thickness = wall * smooth(wallTop - 0.05, wallTop + 0.25, y);
          double rim =
              ramp(distance - (body.lateral(y) - thickness), 0.010)
                  * smooth(wallTop - 0.06, wallTop + 0.06, y);
          return 0.96
              * Math.max(pool * smooth(0.02, 0.05, distance), rim)
              * withinLung(left, distance, y);
        });
  }
}
