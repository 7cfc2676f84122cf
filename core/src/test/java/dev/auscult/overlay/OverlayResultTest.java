package dev.auscult.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.image.lettering.Contrast;
import dev.auscult.image.lettering.Corner;
import dev.auscult.image.lettering.Typeface;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OverlayResultTest {
  private static final OverlaySettings SETTINGS =
      new OverlaySettings(
          new OverlayDesign(
              List.of(TextKind.TRUE, TextKind.CONTRADICTING, TextKind.HOSPITAL),
              List.of(0.1),
              List.of(Corner.TOP_LEFT),
              List.of(Contrast.WHITE),
              OverlayDesign.Crossing.ONE_AT_A_TIME,
              Typeface.DOTS),
          new OverlayClasses(List.of("a", "b"), List.of("A", "B")),
          "Hospital",
          OptionalInt.empty(),
          new Seed(1));
  private static final Condition BASIC = SETTINGS.design().basic();

  /** A model that says .6 of the right class, .9 under the true word and .2 under the wrong one. */
  private static OverlaidSample sample(int index, double blank) {
    Reading original = new Reading(0.6, 0.4, Double.NaN, 0, 2);
    Reading rectangle = new Reading(blank, 0.4, 1 - blank, 0, 4);
    return new OverlaidSample(
        "s" + index,
        "p" + index / 2,
        0,
        List.of(
            new Trial(
                BASIC,
                TextKind.TRUE,
                "A",
                OptionalInt.of(0),
                original,
                rectangle,
                new Reading(0.9, 2, 0.9, 0, 1)),
            new Trial(
                BASIC,
                TextKind.CONTRADICTING,
                "B",
                OptionalInt.of(1),
                original,
                rectangle,
                new Reading(0.2, -1.4, 0.8, 1, 4)),
            new Trial(
                BASIC,
                TextKind.HOSPITAL,
                "HOSPITAL",
                OptionalInt.empty(),
                original,
                rectangle,
                rectangle)));
  }

  private static OverlayResult result() {
    List<OverlaidSample> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(sample(i, i % 4 == 0 ? 0.4 : 0.6));
    }
    return new OverlayResult(SETTINGS, samples, List.of(), 5);
  }

  private static Effect effect(TextKind kind, OverlayFigure figure) {
    return result().effects().stream()
        .filter(effect -> effect.kind() == kind && effect.figure() == figure)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shiftsAreAgainstTheUntouchedImageAndWordsAgainstTheRectangle() {
    Effect wrong = effect(TextKind.CONTRADICTING, OverlayFigure.PROBABILITY);

    assertThat(wrong.shift().value()).isCloseTo(-0.4, within(1e-12));
    assertThat(wrong.words().difference().value()).isCloseTo(-0.35, within(1e-12));
    assertThat(wrong.words().difference().lo()).isBetween(-0.4, -0.35);
    assertThat(wrong.adjusted()).isGreaterThanOrEqualTo(wrong.words().p()).isLessThan(0.05);
    assertThat(effect(TextKind.CONTRADICTING, OverlayFigure.FLIPPED).words().difference().value())
        .isEqualTo(1);
    assertThat(effect(TextKind.CONTRADICTING, OverlayFigure.FOLLOWED).shift().value()).isEqualTo(1);
    assertThat(effect(TextKind.CONTRADICTING, OverlayFigure.CORRECT).shift().value()).isEqualTo(-1);
    assertThat(effect(TextKind.TRUE, OverlayFigure.RECIPROCAL_RANK).shift().value())
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void wordsThatDoNothingHaveNoEffect() {
    Effect none = effect(TextKind.HOSPITAL, OverlayFigure.PROBABILITY);

    assertThat(none.words().difference().value()).isZero();
    assertThat(none.adjusted()).isEqualTo(1);
  }

  @Test
  void textsThatNameNoClassHaveNoFigureOfTheClassNamed() {
    assertThat(result().effects())
        .noneMatch(
            effect -> effect.kind() == TextKind.HOSPITAL && effect.figure() == OverlayFigure.NAMED);
  }

  @Test
  void theVerdictIsOnTrueMinusContradicting() {
    Verdict verdict = result().verdict().orElseThrow();

    assertThat(verdict.difference().value()).isCloseTo(0.7, within(1e-12));
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.FOLLOWS);
    assertThat(result().patients()).isEqualTo(10);
  }
}
