package dev.auscult.data.phantom;

import static dev.auscult.data.phantom.Curves.clamp01;
import static dev.auscult.data.phantom.Curves.mix;
import static dev.auscult.data.phantom.Curves.ramp;
import static dev.auscult.data.phantom.Curves.smooth;

/** Lays body, lungs, heart, lesion, bones and devices over each other as densities of 0-1. */
final class ThoraxDrawing {
  private static final double FLUID = 0.70;
  private static final double BEHIND_HEART = 0.90;

  private final Phantom truth;
  private final Frame frame;
  private final Geometry body;
  private final Raster density;
  private final Raster heart;

  private ThoraxDrawing(Phantom truth, Frame frame, Geometry body) {
    this.truth = truth;
    this.frame = frame;
    this.body = body;
    this.density = new Raster(frame.size);
    this.heart = new Raster(frame.size);
  }

  /** The densities of a phantom. */
  static Raster densities(Phantom truth) {
    Draw posture = truth.stream("anatomy");
    Frame frame = Frame.of(truth.size(), posture);
    Geometry body = new Geometry(truth, posture);
    ThoraxDrawing drawing = new ThoraxDrawing(truth, frame, body);
    drawing.softTissue();
    drawing.vessels(truth.stream("vessels"));
    drawing.lesion(LesionDrawing.opacity(truth, frame, body, truth.stream("lesion")));
    BoneDrawing.draw(truth, frame, body, drawing.density);
    if (truth.view() == View.PORTABLE_AP || truth.device() != Device.NONE) {
      DeviceDrawing.draw(truth, frame, body, drawing.density);
    }
    return drawing.density;
  }

  /** How much of each pixel the lesion covers, 0-1. */
  static Raster lesionCoverage(Phantom truth) {
    Draw posture = truth.stream("anatomy");
    Frame frame = Frame.of(truth.size(), posture);
    Geometry body = new Geometry(truth, posture);
    if (truth.finding() == Finding.CARDIOMEGALY_CARDIAC) {
      ThoraxDrawing drawing = new ThoraxDrawing(truth, frame, body);
      drawing.softTissue();
      return drawing.heart;
    }
    return LesionDrawing.opacity(truth, frame, body, truth.stream("lesion"));
  }

  private void softTissue() {
    double step = frame.pixel();
    for (int row = 0; row < frame.size; row++) {
      double y = frame.bodyY(row);
      double x0 = frame.bodyX0(y);
      Level level = new Level(body, y);
      for (int column = 0; column < frame.size; column++) {
        double x = x0 + column * step;
        int at = row * frame.size + column;
        double beat = heartCover(x, y);
        heart.values[at] = (float) beat;
        density.values[at] = (float) tissue(level, x, y, beat);
      }
    }
  }

  /** What depends on the height alone. */
  private static final class Level {
    final double lateral;
    final double medial;
    final double top;
    final double knob;

    Level(Geometry body, double y) {
      lateral = body.lateral(y);
      medial = body.medial(y);
      top = ramp(y - body.apex, 0.02);
      double rise = (y - 0.315) / 0.05;
      knob = Math.max(0, 1 - rise * rise);
    }
  }

  private double heartCover(double x, double y) {
    if (y < body.heartY - 0.3 || y > body.heartY + 0.3) {
      return 0;
    }
    return ramp(body.insideHeart(x, y), 0.014);
  }

  private double tissue(Level level, double x, double y, double beat) {
    double outside = outline(x, y);
    if (outside <= 0) {
      return 0.02;
    }
    double across = x / 0.47;
    double depth = 0.60 + 0.09 * (1 - across * across);
    double air = air(level, x, y);
    double below = 0.10 * (1 - air) * smooth(0.68, 0.80, y);
    double filled = air * (1 - 0.9 * beat);
    double value = depth + below + 0.05 * beat - filled * (0.42 - 0.05 * y);
    value += breast(x, y) - stomach(x, y) - trachea(x, y);
    return mix(0.02, value, outside);
  }

  /** Inside the body: shoulders slope from the neck, arms are out of the picture. */
  private double outline(double x, double y) {
    double distance = Math.abs(x);
    double t = clamp01((distance - 0.11) / 0.38);
    double shoulder = distance < 0.11 ? 1 : y - 0.015 - 0.115 * t * (0.4 + 0.6 * t);
    double flank = 0.475 - 0.045 * smooth(0.12, 0.38, y) + 0.02 * smooth(0.6, 1.0, y);
    return Math.min(ramp(shoulder, 0.02), ramp(flank - distance, 0.016));
  }

  private double air(Level level, double x, double y) {
    boolean left = x > 0;
    double distance = Math.abs(x);
    if (level.top <= 0 || distance > level.lateral + 0.02) {
      return 0;
    }
    double medial = level.medial + (left ? body.shift() + knobWidth() * level.knob : -body.shift());
    return level.top
        * ramp(level.lateral - distance, 0.012)
        * ramp(distance - medial, 0.016)
        * ramp(body.diaphragm(left, distance) - y, 0.010);
  }

  /** The aortic knob widens with age. */
  private double knobWidth() {
    return 0.012 + 0.00045 * (truth.age() - 20);
  }

  private double breast(double x, double y) {
    if (truth.sex() == Sex.MALE || y < 0.4 || y > 0.82) {
      return 0;
    }
    double rx = (Math.abs(x) - 0.225) / 0.155;
    double ry = (y - 0.60) / 0.135;
    double squared = rx * rx + ry * ry;
    if (squared >= 1.1) {
      return 0;
    }
    double edge = ramp(1 - squared, 0.12);
    return 0.055 * edge * smooth(-0.9, 0.5, ry);
  }

  /** Air in the stomach under the left diaphragm of whoever stands. */
  private double stomach(double x, double y) {
    if (truth.view() != View.PA || y < 0.7) {
      return 0;
    }
    double rx = (x - 0.185) / 0.062;
    double ry = (y - body.dome(true) - 0.075) / 0.032;
    return 0.20 * ramp(1 - rx * rx - ry * ry, 0.5);
  }

  private double trachea(double x, double y) {
    double bifurcation = body.hilum - 0.07;
    double bend = x - 0.6 * body.shift() + 0.006;
    if (y < bifurcation) {
      return 0.13 * ramp(0.019 - Math.abs(bend), 0.012) * smooth(-0.02, 0.1, y);
    }
    double open = y - bifurcation;
    if (open > 0.07) {
      return 0;
    }
    double arm = Math.abs(Math.abs(bend) - open * 0.95);
    return 0.12 * ramp(0.011 - arm, 0.010) * (1 - open / 0.07);
  }

  /** Branching vessels that thin out from the hila. */
  private void vessels(Draw draw) {
    Raster tree = new Raster(frame.size);
    for (int side = -1; side <= 1; side += 2) {
      Raster.Point root = point(side * 0.062 + body.shift(), body.hilum, 0.016);
      tree.stroke(root, point(side * 0.085 + body.shift(), body.hilum + 0.05, 0.012), 0.8, 0.6);
      for (int i = 0; i < 11; i++) {
        double y = mix(body.apex + 0.05, body.dome(side > 0) + 0.04, (i + draw.unit()) / 11);
        double x = side * draw.uniform(0.55, 0.93) * body.lateral(y);
        double midX = mix(side * 0.07, x, 0.45);
        double midY = mix(body.hilum + 0.02, y, 0.5) + draw.uniform(-0.02, 0.02);
        Raster.Point fork = point(midX, midY, 0.0048);
        tree.stroke(root, fork, 0.42, 0.30);
        tree.stroke(fork, point(x, y, 0.0025), 0.30, 0.06);
      }
    }
    for (int i = 0; i < tree.values.length; i++) {
      float air = (float) FLUID - density.values[i];
      if (air > 0 && density.values[i] > 0.1f) {
        density.values[i] += tree.values[i] * air * 0.6f;
      }
    }
  }

  private Raster.Point point(double x, double y, double halfWidth) {
    return new Raster.Point(frame.column(x, y), frame.row(y), frame.pixels(halfWidth));
  }

  /** Fluid and airless lung replace air; what lies behind the heart adds to it. */
  private void lesion(Raster opacity) {
    boolean behind = truth.finding() == Finding.ATELECTASIS_RETROCARDIAC;
    float full = (float) (behind ? BEHIND_HEART : FLUID);
    for (int i = 0; i < density.values.length; i++) {
      float room = full - density.values[i];
      if (room > 0) {
        density.values[i] += opacity.values[i] * room;
      }
    }
  }
}
