package dev.auscult.fusion;

import java.util.List;
import java.util.Locale;

/** What a classifier sees, and how it joins what it sees. */
public enum FusionMethod {
  /** Logistic regression on the image's embedding alone. */
  IMAGE("image alone"),
  /** Logistic regression on the text's embedding alone. */
  TEXT("text alone"),
  /** Logistic regression on both embeddings, one after the other: effects add up. */
  CONCATENATION("concatenation"),
  /** A gated multimodal unit: what one says may depend on the other. */
  GATED("gated");

  /** Those that see both. */
  public static final List<FusionMethod> FUSED = List.of(CONCATENATION, GATED);

  private final String title;

  FusionMethod(String title) {
    this.title = title;
  }

  /** For readers. */
  public String title() {
    return title;
  }

  /** For files, e.g. {@code image}. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }
}
