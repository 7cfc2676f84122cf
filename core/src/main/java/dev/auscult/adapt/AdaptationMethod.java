package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The ways to adapt a model. */
public enum AdaptationMethod {
  /** The model as it is, with the prompts of the labels: what every method is compared with. */
  ZERO_SHOT("zero-shot", "zero-shot"),
  /** Adapters on both branches with supervised contrast and class-concept relations. */
  SCALE("scale", "SCALE"),
  /** Logistic regression on the image embeddings. */
  LINEAR("linear", "linear probe"),
  /** An adapter on the image branch (Gao 2024). */
  CLIP_ADAPTER("clip-adapter", "CLIP-Adapter"),
  /** A cache of the training samples, without training (Zhang 2022). */
  TIP("tip", "Tip-Adapter"),
  /** The same with trained keys (Zhang 2022). */
  TIP_F("tip-f", "Tip-Adapter-F"),
  /** A linear probe blended with the class texts (Huang 2024). */
  LP_PLUS_PLUS("lp++", "LP++"),
  /** Learnt vectors before the labels' words, through the text encoder (Zhou 2022). */
  COOP("coop", "CoOp"),
  /** Low-rank updates of attention in both encoders (Zanella 2024). */
  LORA("lora", "CLIP-LoRA");

  private final String term;
  private final String title;

  AdaptationMethod(String term, String title) {
    this.term = term;
    this.title = title;
  }

  /** As it is written after {@code --method}. */
  public String term() {
    return term;
  }

  /** As its authors write it. */
  public String title() {
    return title;
  }

  /**
   * The method of that term.
   *
   * @throws InputException if there is none
   */
  public static AdaptationMethod of(String term) {
    return Arrays.stream(values())
        .filter(method -> method.term.equals(term))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--method",
                    "\"" + term + "\"",
                    "one of "
                        + Arrays.stream(values())
                            .map(AdaptationMethod::term)
                            .collect(Collectors.joining(", ")),
                    "correct it"));
  }

  @Override
  public String toString() {
    return term;
  }
}
