package dev.auscult.report;

import dev.auscult.metric.Estimate;
import dev.auscult.metric.PairedDifference;
import dev.auscult.overlay.Condition;
import dev.auscult.overlay.Effect;
import dev.auscult.overlay.LabelDifference;
import dev.auscult.overlay.OverlayFigure;
import dev.auscult.overlay.OverlayResult;
import dev.auscult.overlay.TextKind;
import dev.auscult.overlay.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What burned-in text does to a model, as a report shows it.
 *
 * @param name the model's
 * @param result what was tried
 * @param effects all effects
 * @param differences of true and contradicting text, per condition
 * @param verdict whether the model follows text; empty where that was not tried
 * @param balance how the modality balance moves; empty where it was not audited
 */
public record OverlaidModel(
    String name,
    OverlayResult result,
    List<Effect> effects,
    List<LabelDifference> differences,
    Optional<Verdict> verdict,
    List<BalanceShift> balance) {

  /** Copies the lists. */
  public OverlaidModel {
    effects = List.copyOf(effects);
    differences = List.copyOf(differences);
    balance = List.copyOf(balance);
  }

  /**
   * How the share of the text modality in the score moves when something is burned in; the image's
   * share moves as far the other way.
   *
   * @param version what is burned in
   * @param tscore mean TScore with it
   * @param shift minus mean TScore of the same images without it; undefined for these themselves
   */
  public record BalanceShift(String version, Estimate tscore, Optional<PairedDifference> shift) {}

  /** The difference of true and contradicting text under a condition; empty if not tried. */
  Optional<LabelDifference> difference(Condition condition) {
    return differences.stream().filter(one -> one.condition().equals(condition)).findFirst();
  }

  /** One effect; empty where it is undefined. */
  Optional<Effect> effect(OverlayFigure figure, TextKind kind, Condition condition) {
    return effects.stream()
        .filter(
            effect ->
                effect.figure() == figure
                    && effect.kind() == kind
                    && effect.condition().equals(condition))
        .findFirst();
  }
}
