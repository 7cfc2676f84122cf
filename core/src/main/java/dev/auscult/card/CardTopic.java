package dev.auscult.card;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a card says about a model, and which command finds it out. */
public enum CardTopic {
  /** How good. */
  PERFORMANCE("Performance", "evaluate", "auscult evaluate PREDICTIONS.csv --out DIR"),
  /** How honest probabilities are. */
  CALIBRATION("Calibration", "evaluate", "auscult evaluate PREDICTIONS.csv --out DIR"),
  /** For whom. */
  FAIRNESS(
      "Fairness",
      "evaluate",
      "auscult evaluate PREDICTIONS.csv --out DIR, with columns group.<attribute>"),
  /** How much comes from image and text. */
  MODALITY_BALANCE(
      "Modality balance", "audit", "auscult audit --model M --data D --task isa --out DIR"),
  /** What burned-in text does. */
  OVERLAY("Overlay text", "overlay", "auscult overlay --model M --data D --out DIR"),
  /** Texts found by images and back. */
  RETRIEVAL("Retrieval", "retrieve", "auscult retrieve --model M --data D --out DIR"),
  /** What the features separate. */
  FEATURES("Features", "features", "auscult features --model M --data D --out DIR"),
  /** What adapting gains. */
  ADAPTATION(
      "Adaptation", "adapt study", "auscult adapt --method linear --model M --data D --out DIR"),
  /** What image and text together predict. */
  FUSION("Image and text fused", "sketches", "auscult sketches --model M --data D --out DIR");

  private final String title;
  private final String commands;
  private final String fill;

  CardTopic(String title, String commands, String fill) {
    this.title = title;
    this.commands = commands;
    this.fill = fill;
  }

  /** For readers. */
  public String title() {
    return title;
  }

  /** The command line that would find it out. */
  public String fill() {
    return fill;
  }

  /** Whether a command's result tells of it. */
  boolean isOf(String command) {
    return List.of(commands.split(" ", -1)).contains(command);
  }

  /** The first topic that a command tells of. */
  static Optional<CardTopic> of(String command) {
    return Arrays.stream(values()).filter(topic -> topic.isOf(command)).findFirst();
  }
}
