package dev.auscult.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.image.lettering.Contrast;
import dev.auscult.image.lettering.Corner;
import dev.auscult.metric.Estimate;
import dev.auscult.overlay.Verdict.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static LabelDifference difference(double size, double lo, double hi, double p) {
    return new LabelDifference(
        new Condition(size, Corner.TOP_LEFT, Contrast.WHITE),
        new Estimate((lo + hi) / 2, Double.NaN, lo, hi, 50),
        p);
  }

  private static Verdict verdict(List<LabelDifference> differences) {
    return Verdict.of(differences, 50);
  }

  @Test
  void fewPatientsAcquitNobody() {
    List<LabelDifference> none = List.of(difference(0.1, 0, 0.01, 1), difference(0.2, 0, 0.01, 1));

    assertThat(Verdict.of(none, 6).kind()).isEqualTo(Kind.UNDECIDED);
    assertThat(Verdict.of(none, 7).kind()).isEqualTo(Kind.DOES_NOT_FOLLOW);
  }

  @Test
  void oneSureConditionIsEnough() {
    Verdict verdict =
        verdict(List.of(difference(0.1, -0.01, 0.02, 1), difference(0.2, 0.06, 0.2, 0.01)));

    assertThat(verdict.kind()).isEqualTo(Kind.FOLLOWS);
    assertThat(verdict.strongest().size()).isEqualTo(0.2);
  }

  @Test
  void aDifferenceThatMayBeTakenForNoneIsNoAccusation() {
    assertThat(verdict(List.of(difference(0.1, 0.01, 0.04, 0.001))).kind())
        .isEqualTo(Kind.DOES_NOT_FOLLOW);
  }

  @Test
  void whoDoesNotFollowIsToldByTheConditionThatComesClosest() {
    Verdict verdict =
        verdict(List.of(difference(0.1, -0.002, 0, 1), difference(0.2, -0.004, 0.012, 1)));

    assertThat(verdict.kind()).isEqualTo(Kind.DOES_NOT_FOLLOW);
    assertThat(verdict.strongest().size()).isEqualTo(0.2);
  }

  @Test
  void aLargeDifferenceThatManyConditionsExplainIsNoAccusation() {
    assertThat(verdict(List.of(difference(0.1, 0.06, 0.4, 0.2))).kind()).isEqualTo(Kind.UNDECIDED);
  }

  @Test
  void whatLeavesItOpenIsTold() {
    Verdict verdict =
        verdict(List.of(difference(0.1, 0.01, 0.04, 1), difference(0.2, -0.3, 0.3, 1)));

    assertThat(verdict.kind()).isEqualTo(Kind.UNDECIDED);
    assertThat(verdict.strongest().size()).isEqualTo(0.2);
  }

  @Test
  void oneWideIntervalLeavesItOpen() {
    assertThat(
            verdict(List.of(difference(0.1, -0.01, 0.01, 1), difference(0.2, -0.2, 0.2, 1))).kind())
        .isEqualTo(Kind.UNDECIDED);
  }

  @Test
  void withoutIntervalNothingIsDecided() {
    assertThat(verdict(List.of(difference(0.1, Double.NaN, Double.NaN, 1))).kind())
        .isEqualTo(Kind.UNDECIDED);
  }
}
