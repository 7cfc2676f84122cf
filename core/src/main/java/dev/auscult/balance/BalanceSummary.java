package dev.auscult.balance;

import dev.auscult.balance.AlignmentLevel.Kind;
import dev.auscult.balance.ModalityBalance.Cost;
import dev.auscult.balance.ModalityBalance.ModalityMeans;
import dev.auscult.balance.ModalityBalance.Parts;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Summarises the figures of a model's samples.
 *
 * @param config of the audit
 * @param logitScale the factor between cosine and score
 */
record BalanceSummary(BalanceConfig config, double logitScale) {

  /** The summary of all samples of an audit; foils have figures of their own. */
  ModalityBalance of(List<AuditedSample> all, double seconds) {
    List<AuditedSample> samples = withoutFoils(all);
    List<AuditedSample> defined = defined(samples);
    ToDoubleFunction<SampleFigures> tscore = figures -> figures.tscore().orElseThrow();
    return new ModalityBalance(
        defined.size(),
        samples.size() - defined.size(),
        mean(defined, tscore),
        share(defined, figures -> within(tscore.applyAsDouble(figures), 0.1)),
        share(defined, figures -> within(tscore.applyAsDouble(figures), 0.2)),
        levels(samples),
        accuracy(samples),
        new ModalityMeans(
            mean(samples, figures -> figures.scores().textShapley()),
            mean(samples, figures -> figures.scores().imageShapley()),
            mean(samples, figures -> figures.scores().synergy())),
        new Cost(all.stream().mapToLong(s -> s.figures().passes()).sum(), seconds),
        new Parts(
            accuracy(samples, AnswerType.CLOSED), accuracy(samples, AnswerType.OPEN), foils(all)));
  }

  /** The samples of an audit that are no foils; captions know whether they score above theirs. */
  List<AuditedSample> withoutFoils(List<AuditedSample> samples) {
    return config.task() == AuditTask.FOIL ? FoilPairs.captions(samples) : samples;
  }

  private static List<AuditedSample> defined(List<AuditedSample> samples) {
    return samples.stream().filter(sample -> sample.figures().tscore().isPresent()).toList();
  }

  private Optional<ModalityBalance.Foils> foils(List<AuditedSample> all) {
    if (config.task() != AuditTask.FOIL) {
      return Optional.empty();
    }
    List<AuditedSample> foils = FoilPairs.foils(all);
    List<AuditedSample> defined = defined(foils);
    return Optional.of(
        new ModalityBalance.Foils(
            defined.size(),
            foils.size() - defined.size(),
            mean(defined, figures -> figures.tscore().orElseThrow())));
  }

  private static boolean within(double tscore, double bound) {
    return Math.abs(2 * tscore - 1) < bound;
  }

  /** All kinds, the one asked for first. */
  private List<AlignmentLevel> levels(List<AuditedSample> samples) {
    double factor = config.score() == AuditedScore.COSINE ? 1 : logitScale;
    double[] cosines =
        values(samples, figures -> figures.scores().cosine().orElse(figures.score() / factor));
    Clusters clusters = clusters(samples);
    return Stream.concat(Stream.of(config.level()), Arrays.stream(Kind.values()))
        .distinct()
        .map(
            kind -> {
              double[] levels = AlignmentLevel.levels(kind, cosines, logitScale);
              return new AlignmentLevel(kind, bootstrap().mean(levels, clusters));
            })
        .toList();
  }

  private Optional<Estimate> accuracy(List<AuditedSample> samples) {
    List<AuditedSample> judged =
        samples.stream().filter(sample -> sample.figures().correct().isPresent()).toList();
    return config.task() == AuditTask.ISA
        ? Optional.empty()
        : Optional.of(share(judged, figures -> figures.correct().orElseThrow()));
  }

  private Optional<Estimate> accuracy(List<AuditedSample> samples, AnswerType type) {
    List<AuditedSample> ofType =
        samples.stream().filter(sample -> sample.type().equals(Optional.of(type))).toList();
    return config.task() == AuditTask.VQA && !ofType.isEmpty()
        ? accuracy(ofType)
        : Optional.empty();
  }

  private Estimate mean(List<AuditedSample> samples, ToDoubleFunction<SampleFigures> figure) {
    return bootstrap().mean(values(samples, figure), clusters(samples));
  }

  private Estimate share(List<AuditedSample> samples, Predicate<SampleFigures> property) {
    double[] values = values(samples, figures -> property.test(figures) ? 1 : 0);
    return bootstrap().share(values, clusters(samples));
  }

  private Bootstrap bootstrap() {
    return Bootstrap.bca(config.seed().derive("bootstrap"));
  }

  private static double[] values(
      List<AuditedSample> samples, ToDoubleFunction<SampleFigures> figure) {
    return samples.stream().map(AuditedSample::figures).mapToDouble(figure).toArray();
  }

  private static Clusters clusters(List<AuditedSample> samples) {
    return Clusters.of(samples.stream().map(AuditedSample::cluster).toList());
  }
}
