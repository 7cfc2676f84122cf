package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Wanted;
import dev.auscult.balance.ScoredTexts.Question;
import dev.auscult.balance.ScoredTexts.Scored;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.Vectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a model over an audit's samples, portion by portion. What several samples or settings
 * need is encoded once; it counts with the first of them in the order of the queue.
 */
final class AuditRun {
  private final DualEncoder encoder;
  private final List<AuditSetting> settings;
  private final List<Results> results = new ArrayList<>();
  private final EncoderPasses<MaskableImage> images;
  private final EncoderPasses<MaskableText> texts;
  private final TextSides textSides;
  private final CandidateTexts candidates;
  private final SharedPasses shared = new SharedPasses();
  private final RecurringTexts recurring;
  private final Progress.Task progress;

  /**
   * What a setting's samples gave.
   *
   * @param sink takes them one by one
   * @param rows their figures in the order audited
   * @param skipped samples that turned out impossible to audit
   */
  record Results(BalanceSink sink, List<AuditedSample> rows, List<Skipped> skipped) {
    /** Passes counted so far. */
    long passes() {
      return rows.stream().mapToLong(row -> row.figures().passes()).sum();
    }
  }

  /**
   * @param settings every configuration
   * @param sinks one for each
   * @param recurring which texts will be asked for again
   */
  AuditRun(
      DualEncoder encoder,
      List<AuditSetting> settings,
      List<BalanceSink> sinks,
      RecurringTexts recurring,
      Progress.Task progress) {
    this.encoder = encoder;
    this.settings = settings;
    this.recurring = recurring;
    this.progress = progress;
    sinks.forEach(sink -> results.add(new Results(sink, new ArrayList<>(), new ArrayList<>())));
    Runnable mayStop = () -> progress.advance(0);
    this.images = EncoderPasses.images(encoder, mayStop);
    this.texts = EncoderPasses.texts(encoder, mayStop);
    this.textSides = new TextSides(texts, encoder.dimension());
    this.candidates = new CandidateTexts(encoder, mayStop);
  }

  /** What the samples so far gave, in the order of the settings. */
  List<Results> results() {
    return results;
  }

  /**
   * Audits a portion. If anything of it is missing, all of it is computed again, so that its
   * batches are those of an uninterrupted run.
   */
  void audit(AuditPortion portion) {
    boolean finished = portion.samples().allMatch(this::finished);
    Map<String, List<SampleWork>> works = finished ? Map.of() : compute(portion);
    for (AuditQueue.Group group : portion.groups()) {
      for (Sample sample : group.samples()) {
        hand(sample, group, works.getOrDefault(sample.id(), List.of()));
        progress.advance(1);
      }
    }
    forget();
  }

  private boolean finished(Sample sample) {
    return results.stream()
        .map(Results::sink)
        .allMatch(
            sink -> sink.finished(sample.id()).isPresent() || !sink.leftOut(sample.id()).isEmpty());
  }

  /**
   * What is remembered of texts must not change what is computed of the next portion: a text whose
   * orders grow with the samples it meets is not remembered at all.
   */
  private void forget() {
    if (settings.stream().anyMatch(AuditSetting::grows)) {
      textSides.forget();
      shared.forgetTexts();
    }
    textSides.forgetOldest();
    candidates.forgetOldest();
  }

  /**
   * The work of every sample by its id, one per setting; samples of unreadable images have none.
   */
  private Map<String, List<SampleWork>> compute(AuditPortion portion) {
    Map<AuditQueue.Group, GroupSides> open = open(portion);
    selectAnswers(open);
    Map<String, List<SampleWork>> works = new LinkedHashMap<>();
    open.forEach(
        (group, sides) ->
            group.samples().forEach(sample -> works.put(sample.id(), works(sample, group, sides))));
    encode(works.values().stream().flatMap(List::stream).toList());
    return works;
  }

  private Map<AuditQueue.Group, GroupSides> open(AuditPortion portion) {
    Map<AuditQueue.Group, GroupSides> open = new LinkedHashMap<>();
    for (AuditQueue.Group group : portion.groups()) {
      try {
        var pixels = encoder.imageTransform().apply(group.samples().get(0).image().read());
        open.put(group, new GroupSides(images, pixels, encoder.patchGrid()));
      } catch (InputException e) {
        group.samples().forEach(sample -> skip(sample, String.valueOf(e.getMessage())));
      }
    }
    return open;
  }

  private void skip(Sample sample, String reason) {
    results.forEach(
        result -> {
          if (result.sink().finished(sample.id()).isEmpty()) {
            result.skipped().add(new Skipped(sample.id(), reason));
          }
        });
  }

  /** Encodes whole images and candidate answers where questions are asked. */
  private void selectAnswers(Map<AuditQueue.Group, GroupSides> open) {
    List<Wanted<MaskableImage>> whole = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    open.forEach(
        (group, sides) -> {
          List<Question> ofImage = group.samples().stream().flatMap(this::questions).toList();
          questions.addAll(ofImage);
          if (!ofImage.isEmpty()) {
            whole.add(new Wanted<>(sides.whole(), List.of(Coalition.full(1))));
          }
        });
    images.encode(whole);
    candidates.prepare(questions);
  }

  private Stream<Question> questions(Sample sample) {
    return settings.stream().flatMap(setting -> setting.texts().question(sample).stream());
  }

  private List<SampleWork> works(Sample sample, AuditQueue.Group group, GroupSides sides) {
    return settings.stream().map(setting -> work(sample, group, sides, setting)).toList();
  }

  private SampleWork work(
      Sample sample, AuditQueue.Group group, GroupSides sides, AuditSetting setting) {
    Scored scored = setting.texts().of(sample, selected(sample, setting, sides));
    return new SampleWork(
        sample,
        group.image().hex(),
        setting,
        scored,
        sides,
        textSides.of(setting.maskable(scored), !setting.shares(), recurring.has(sample)),
        setting.score(sample, competitors(sample, setting, scored)));
  }

  /** What the divided text competes with; nothing where the score does not depend on it. */
  private Optional<Vectors> competitors(Sample sample, AuditSetting setting, Scored scored) {
    if (setting.config().score() != AuditedScore.SOFTMAX) {
      return Optional.empty();
    }
    AnswerChoice choice = scored.choice().orElseThrow();
    String target =
        setting.config().selection().target() == AnswerSelection.Target.CORRECT
            ? choice.answer()
            : choice.predicted();
    return setting.texts().question(sample).map(question -> candidates.others(question, target));
  }

  private @Nullable Integer selected(Sample sample, AuditSetting setting, GroupSides sides) {
    Optional<Question> question = setting.texts().question(sample);
    return question.isEmpty() ? null : candidates.best(question.get(), sides.embedding());
  }

  private void encode(List<SampleWork> works) {
    List<SampleWork> open = works;
    while (!open.isEmpty()) {
      images.encode(open.stream().map(SampleWork::wantedImages).toList());
      texts.encode(open.stream().map(SampleWork::wantedTexts).toList());
      open = open.stream().filter(SampleWork::goesOn).toList();
    }
  }

  /** Hands on what is new of a sample, and counts what is known. */
  private void hand(Sample sample, AuditQueue.Group group, List<SampleWork> works) {
    for (int s = 0; s < settings.size(); s++) {
      Results result = results.get(s);
      Optional<SampleFigures> known = result.sink().finished(sample.id());
      Optional<SampleFigures> figures =
          works.isEmpty()
              ? recall(sample, settings.get(s), result, known)
              : finish(works.get(s), result, known.isPresent());
      String cluster = sample.patient().orElse("image " + group.image().hex());
      figures.ifPresent(
          found -> result.rows().add(new AuditedSample(found, cluster, AnswerType.of(sample))));
    }
  }

  private Optional<SampleFigures> recall(
      Sample sample, AuditSetting setting, Results result, Optional<SampleFigures> known) {
    if (known.isPresent()) {
      shared.count(known.get().effort(), setting, setting.texts().question(sample));
    } else {
      result
          .sink()
          .leftOut(sample.id())
          .forEach(reason -> result.skipped().add(new Skipped(sample.id(), reason)));
    }
    return known;
  }

  private Optional<SampleFigures> finish(SampleWork work, Results result, boolean known) {
    Contributions found = work.contributions();
    if (!found.finite()) {
      String reason = "its score under the model is not a finite number";
      result.skipped().add(new Skipped(work.sample().id(), reason));
      return Optional.empty();
    }
    SampleBalance balance = work.balance(found, shared);
    if (!known) {
      result.sink().accept(balance);
    }
    return Optional.of(SampleFigures.of(balance));
  }
}
