package dev.auscult.overlay;

import dev.auscult.base.Seed;
import dev.auscult.overlay.OverlayCases.Case;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * What is burned into one image. The contradicting class and the unrelated letters are drawn from
 * the sample's own stream: they depend on nothing but seed and id.
 */
final class OverlayTexts {
  /** After so many draws that are all words of classes one letter is added: one may be too few. */
  private static final int DRAWS = 100;

  private final OverlayClasses classes;
  private final String hospital;
  private final int truth;
  private final int wrong;
  private final String unrelated;

  /** The texts of a sample. */
  static OverlayTexts of(OverlaySettings settings, Case one) {
    return new OverlayTexts(
        settings.classes(),
        settings.hospital(),
        one.truth(),
        settings.seed().derive("overlay text").derive(one.sample().id()));
  }

  private OverlayTexts(OverlayClasses classes, String hospital, int truth, Seed ofSample) {
    this.classes = classes;
    this.hospital = hospital;
    this.truth = truth;
    SplittableRandom random = ofSample.random();
    this.wrong = (truth + 1 + random.nextInt(classes.names().size() - 1)) % classes.names().size();
    this.unrelated = unrelated(random);
  }

  private String unrelated(SplittableRandom random) {
    String shape = classes.words().get(truth);
    String letters = drawn(shape, random);
    for (int draws = 1; isWord(letters); draws++) {
      shape = draws % DRAWS == 0 ? shape + "X" : shape;
      letters = drawn(shape, random);
    }
    return letters;
  }

  private static String drawn(String shape, SplittableRandom random) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < shape.length(); i++) {
      boolean space = Character.isWhitespace(shape.charAt(i));
      drawn.append(space ? ' ' : (char) ('A' + random.nextInt(26)));
    }
    return drawn.toString();
  }

  private boolean isWord(String letters) {
    return classes.words().stream().anyMatch(word -> word.toUpperCase(Locale.ROOT).equals(letters));
  }

  /** The text of a kind under a condition. */
  String text(TextKind kind, Condition condition) {
    return switch (kind) {
      case TRUE -> classes.words().get(truth);
      case CONTRADICTING -> classes.words().get(wrong);
      case UNRELATED -> unrelated;
      case LATERALITY -> condition.corner().isRight() ? "L" : "R";
      case HOSPITAL -> hospital;
    };
  }

  /** The class that a text of a kind names; empty if it names none. */
  OptionalInt named(TextKind kind) {
    return switch (kind) {
      case TRUE -> OptionalInt.of(truth);
      case CONTRADICTING -> OptionalInt.of(wrong);
      case UNRELATED, LATERALITY, HOSPITAL -> OptionalInt.empty();
    };
  }
}
