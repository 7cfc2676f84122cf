package dev.auscult.data.phantom;

import static dev.auscult.data.phantom.Curves.clamp01;
import static dev.auscult.data.phantom.Curves.mix;
import static dev.auscult.data.phantom.Curves.quarter;

/** Where the organs of one image are, in body coordinates (see {@link Frame}). */
final class Geometry {
  /** Where the lungs are round at the top. */
  static final double APEX_X = 0.135;

  final double chest;
  final double apex;
  final double hilum;
  final double heartX;
  final double heartY;
  final double heartWide;
  final double heartHigh;
  private final double domeRight;
  private final double domeLeft;
  private final double angle;
  private final double shift;

  Geometry(Phantom truth, Draw draw) {
    Patient patient = truth.patient();
    boolean ap = truth.view() == View.PORTABLE_AP;
    double extent = truth.extent();
    chest = patient.chest() + draw.uniform(-0.004, 0.004);
    apex = 0.105 + draw.uniform(-0.008, 0.008);
    double breath = draw.uniform(-0.015, 0.015) + (ap ? -0.045 : 0.0);
    domeRight = 0.700 + breath - lift(truth, Side.RIGHT);
    domeLeft = 0.722 + breath - lift(truth, Side.LEFT);
    angle = draw.uniform(0.13, 0.15);
    hilum = 0.455 + 0.4 * breath;
    shift = truth.findings().stream().mapToDouble(finding -> pull(finding, extent)).sum();
    double ratio = patient.heartRatio() * (ap ? 1.07 : 1.0) + draw.uniform(-0.008, 0.008);
    double usual = ratio * chest;
    double wide = usual;
    if (truth.findings().contains(Finding.CARDIOMEGALY_CARDIAC)) {
      wide = chest * mix(0.57, 0.72, extent) * (ap ? 1.03 : 1.0);
    }
    heartWide = wide;
    heartHigh = 0.135 + 0.45 * (wide - usual);
    heartX = 0.045 + 0.35 * (wide - usual) + shift;
    heartY = 0.605 + breath - 0.2 * (wide - usual);
  }

  /** Collapsed lobes pull the diaphragm up. */
  private static double lift(Phantom truth, Side side) {
    Finding lobe =
        side == Side.LEFT
            ? Finding.ATELECTASIS_LEFT_LOWER_LOBE
            : Finding.ATELECTASIS_RIGHT_LOWER_LOBE;
    return truth.findings().contains(lobe) ? mix(0.035, 0.085, truth.extent()) : 0;
  }

  /** Collapse pulls the mediastinum, large effusions push it. */
  private static double pull(Finding finding, double extent) {
    return switch (finding) {
      case ATELECTASIS_LEFT_LOWER_LOBE -> mix(0.008, 0.022, extent);
      case ATELECTASIS_RIGHT_LOWER_LOBE -> -mix(0.010, 0.028, extent);
      case EFFUSION_LEFT_PLEURAL -> -0.018 * extent;
      case EFFUSION_RIGHT_PLEURAL -> 0.014 * extent;
      default -> 0;
    };
  }

  /** The shift of mediastinum and heart to the patient's left. */
  double shift() {
    return shift;
  }

  /** Distance of the chest wall from the midline at a height. */
  double lateral(double y) {
    return mix(APEX_X, chest, quarter((y - apex) / (0.60 - apex)));
  }

  /** Distance of the mediastinum's edge from the midline at a height. */
  double medial(double y) {
    return mix(APEX_X, 0.052, quarter((y - apex) / 0.11));
  }

  /** The highest point of a side's diaphragm. */
  double dome(boolean left) {
    return left ? domeLeft : domeRight;
  }

  /** The diaphragm's height at a distance from the midline. */
  double diaphragm(boolean left, double distance) {
    double top = left ? domeLeft : domeRight;
    double crest = 0.46 * chest;
    if (distance < crest) {
      double t = (crest - distance) / crest;
      return top + 0.05 * t * t;
    }
    double t = clamp01((distance - crest) / (chest - crest));
    double depth = angle + (left ? domeRight - domeLeft : 0) * 0.5;
    return top + depth * t * t * (0.45 + 0.55 * t);
  }

  /** The bottom of a side's costophrenic angle. */
  double angleY(boolean left) {
    return diaphragm(left, chest);
  }

  /** Signed distance, roughly, inside the heart (positive) or outside. */
  double insideHeart(double x, double y) {
    double rx = x - heartX;
    double ry = y - heartY;
    double tilted = rx + 0.22 * ry;
    double a = tilted / (heartWide * (ry < 0 ? 1 + 0.9 * ry / heartHigh * 0.35 : 1));
    double b = (ry - 0.16 * rx) / heartHigh;
    return (1 - Math.sqrt(a * a + b * b)) * 0.14;
  }
}
