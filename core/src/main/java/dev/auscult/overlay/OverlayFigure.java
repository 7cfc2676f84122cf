package dev.auscult.overlay;

import java.util.Locale;

/** What is measured of an image with text, to be compared with the same image without. */
public enum OverlayFigure {
  /** The probability of the right class. */
  PROBABILITY,
  /** The score of the right class above the best other, natural log units. */
  MARGIN,
  /** The probability of the class that the text names. */
  NAMED,
  /** 1 where the right class is predicted. */
  CORRECT,
  /** 1 where the class that the text names is predicted. */
  FOLLOWED,
  /** 1 where another class is predicted than for the image as it is. */
  FLIPPED,
  /** One over the rank of the sample's own text among all texts. */
  RECIPROCAL_RANK;

  /** As written in files, e.g. {@code reciprocal_rank}. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the figure needs a text that names a class. */
  boolean needsName() {
    return this == NAMED || this == FOLLOWED;
  }

  /** The figure of one version of an image; {@code NaN} where undefined. */
  double of(Reading version, Trial trial, int truth) {
    return switch (this) {
      case PROBABILITY -> version.probability();
      case MARGIN -> version.margin();
      case NAMED -> version.named();
      case CORRECT -> version.predicted() == truth ? 1 : 0;
      case FOLLOWED -> trial.named().orElse(-1) == version.predicted() ? 1 : 0;
      case FLIPPED -> version.predicted() != trial.original().predicted() ? 1 : 0;
      case RECIPROCAL_RANK -> 1 / version.rank();
    };
  }
}
