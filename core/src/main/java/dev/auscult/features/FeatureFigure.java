package dev.auscult.features;

import java.util.Arrays;
import java.util.List;

/** What is measured of a model's features on a data set. */
public enum FeatureFigure {
  /** Balanced accuracy of a linear probe by cross-validation. */
  PROBE("linear_probe", "linear probe", Better.HIGHER),
  /** Balanced accuracy of the nearest neighbours by cross-validation. */
  NEIGHBOURS("nearest_neighbours", "nearest neighbours", Better.HIGHER),
  /** Mean silhouette. */
  SILHOUETTE("silhouette", "silhouette", Better.HIGHER),
  /** Davies-Bouldin index. */
  DAVIES_BOULDIN("davies_bouldin", "Davies-Bouldin index", Better.LOWER),
  /** Fisher's ratio of scatters. */
  FISHER("fisher_ratio", "Fisher ratio", Better.HIGHER),
  /** Uniformity of the images. */
  UNIFORMITY("uniformity", "uniformity of images", Better.LOWER),
  /** Uniformity of the texts. */
  TEXT_UNIFORMITY("text_uniformity", "uniformity of texts", Better.LOWER),
  /** Alignment of images and texts. */
  ALIGNMENT("alignment", "alignment", Better.LOWER),
  /** Distance between the means of images and texts. */
  MODALITY_GAP("modality_gap", "modality gap", Better.NEITHER);

  private final String key;
  private final String title;
  private final Better better;

  /** Which values are better. */
  public enum Better {
    /** High ones. */
    HIGHER,
    /** Low ones. */
    LOWER,
    /** That depends. */
    NEITHER
  }

  FeatureFigure(String key, String title, Better better) {
    this.key = key;
    this.title = title;
    this.better = better;
  }

  /** Its name in files. */
  public String key() {
    return key;
  }

  /** Its name in print. */
  public String title() {
    return title;
  }

  /** Which values are better. */
  public Better better() {
    return better;
  }

  /** Those in which models are compared: means over observations, higher is better. */
  public static List<FeatureFigure> compared() {
    return List.of(PROBE, NEIGHBOURS, SILHOUETTE);
  }

  /** Those of classes. */
  public static List<FeatureFigure> ofClasses() {
    return List.of(PROBE, NEIGHBOURS, SILHOUETTE, DAVIES_BOULDIN, FISHER);
  }

  /** Those of vectors without classes. */
  public static List<FeatureFigure> ofGeometry() {
    return Arrays.stream(values()).filter(figure -> !ofClasses().contains(figure)).toList();
  }
}
