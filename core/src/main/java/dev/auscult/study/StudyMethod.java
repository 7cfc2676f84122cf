package dev.auscult.study;

import dev.auscult.adapt.AdaptationMethod;
import dev.auscult.adapt.AdapterTrainer;
import dev.auscult.adapt.AdapterTrainers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a study compares. */
public enum StudyMethod {
  /** The model as it is. */
  ZERO_SHOT(AdaptationMethod.ZERO_SHOT),
  /** Another model as it is, such as the CLIP that nobody trained on medical images. */
  PLAIN_CLIP(AdaptationMethod.ZERO_SHOT, "plain-clip", "plain CLIP"),
  /** SCALE. */
  SCALE(AdaptationMethod.SCALE),
  /** Logistic regression on the image embeddings. */
  LINEAR(AdaptationMethod.LINEAR),
  /** The same, with all classes counting the same. */
  LINEAR_WEIGHTED(AdaptationMethod.LINEAR, "linear-weighted", "weighted probe"),
  /** CLIP-Adapter. */
  CLIP_ADAPTER(AdaptationMethod.CLIP_ADAPTER),
  /** Tip-Adapter. */
  TIP(AdaptationMethod.TIP),
  /** Tip-Adapter-F. */
  TIP_F(AdaptationMethod.TIP_F),
  /** LP++. */
  LP_PLUS_PLUS(AdaptationMethod.LP_PLUS_PLUS),
  /** CoOp. */
  COOP(AdaptationMethod.COOP),
  /** CLIP-LoRA. */
  LORA(AdaptationMethod.LORA);

  private final AdaptationMethod method;
  private final String term;
  private final String title;

  StudyMethod(AdaptationMethod method) {
    this(method, method.term(), method.title());
  }

  StudyMethod(AdaptationMethod method, String term, String title) {
    this.method = method;
    this.term = term;
    this.title = title;
  }

  /** The word for it in configurations and files. */
  public String term() {
    return term;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** The method of a word. */
  static Optional<StudyMethod> of(String term) {
    return Arrays.stream(values()).filter(method -> method.term.equals(term)).findFirst();
  }

  /** Whether it learns from samples at all. */
  boolean learns() {
    return method != AdaptationMethod.ZERO_SHOT;
  }

  /** Whether settings are chosen on validation samples. */
  boolean chooses() {
    return switch (method) {
      case LINEAR, TIP, TIP_F, LP_PLUS_PLUS -> true;
      default -> false;
    };
  }

  /**
   * Whether it trains through an encoder, in each of its steps: far slower than on embeddings, so
   * that it is compared only where it is named, and with all threads for one fit at a time.
   */
  boolean trainsThroughEncoder() {
    return this == COOP || this == LORA;
  }

  /** Whether it sees the images themselves, not their embeddings or those of changed copies. */
  boolean trainsOnPixels() {
    return this == LORA;
  }

  /** Whether it is trained by as many epochs as the study says. */
  boolean takesEpochs() {
    return this == SCALE || this == CLIP_ADAPTER;
  }

  /** Whether sentences of the training split are texts to it. */
  boolean mixesTexts() {
    return this == SCALE;
  }

  /**
   * A trainer.
   *
   * @param settings those that differ from the usual ones, by name
   * @throws dev.auscult.base.InputException if one is unknown or out of range
   */
  AdapterTrainer trainer(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    if (this == LINEAR_WEIGHTED) {
      all.putIfAbsent("balance", "weighted");
    }
    return AdapterTrainers.of(method, all);
  }
}
