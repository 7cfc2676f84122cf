package dev.auscult.cli;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.data.phantom.CueMode;
import dev.auscult.data.phantom.Finding;
import dev.auscult.data.phantom.OverlayMode;
import dev.auscult.data.phantom.Phantom;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.data.phantom.Question;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Moments;
import dev.auscult.metric.PairedDifference;
import dev.auscult.model.ScoreFunction;
import dev.auscult.zeroshot.Ensemble;
import dev.auscult.zeroshot.Prediction;
import dev.auscult.zeroshot.QuestionAnswering;
import dev.auscult.zeroshot.QuestionAnswering.Choice;
import dev.auscult.zeroshot.ZeroShotClassifier;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Puts the same phantoms before a model with a planted shortcut, without it, and with one that
 * points the wrong way: what the model loses is what it owed to the shortcut.
 */
final class PlantedShortcuts {
  private final PhantomConfig phantoms;

  /**
   * @param n phantoms of each kind
   * @param seed one that no model was trained with
   */
  PlantedShortcuts(int n, Seed seed) {
    this.phantoms = PhantomConfig.of(n, seed);
  }

  /**
   * Shares of right answers, 0 to 1.
   *
   * @param present with the shortcut
   * @param removed without it
   * @param misleading where it points to a wrong answer
   * @param lost with the shortcut minus without it, on the same phantoms, with its 95 % interval
   */
  record Accuracies(double present, double removed, double misleading, Estimate lost) {
    /** A loss that may be taken for none. */
    static final double IMMATERIAL = 0.05;

    /** Whether the model certainly owes more to the shortcut than may be taken for nothing. */
    boolean caught() {
      return lost.lo() > IMMATERIAL;
    }
  }

  /** Right answers with the shortcut, without it and where it misleads: 1 or 0 per phantom. */
  private Accuracies accuracies(double[] present, double[] removed, double[] misleading) {
    Bootstrap bootstrap = Bootstrap.bca(phantoms.seed().derive("shortcut"));
    Clusters each = Clusters.singletons(present.length);
    return new Accuracies(
        Moments.mean(present),
        Moments.mean(removed),
        Moments.mean(misleading),
        PairedDifference.of(present, removed, each, bootstrap).difference());
  }

  private static double[] right(List<String> given, List<String> correct) {
    return IntStream.range(0, given.size())
        .mapToDouble(i -> given.get(i).equals(correct.get(i)) ? 1 : 0)
        .toArray();
  }

  /** Zero-shot accuracy over the thirteen findings, by the text burned into the image. */
  Accuracies overlay(Embedder embedder, ScoreFunction score, Progress progress) {
    ZeroShotClassifier classifier =
        ZeroShotClassifier.of(
            Finding.prompts(),
            Finding.prompts().stream().map(List::of).toList(),
            Ensemble.EMBEDDINGS,
            embedder,
            score,
            Progress.NONE);
    return accuracies(
        classified(classifier, embedder, OverlayMode.TRUE_LABEL, progress),
        classified(classifier, embedder, OverlayMode.NONE, progress),
        classified(classifier, embedder, OverlayMode.CONTRADICTING, progress));
  }

  private double[] classified(
      ZeroShotClassifier classifier, Embedder embedder, OverlayMode mode, Progress progress) {
    PhantomDataset shown = new PhantomDataset(phantoms.withOverlay(mode));
    List<String> predicted =
        classifier.classify(embed(shown, embedder, progress)).stream()
            .map(Prediction::first)
            .map(Prediction.ClassScore::label)
            .toList();
    return right(predicted, each(shown).map(phantom -> phantom.finding().prompt()).toList());
  }

  /** Accuracy of chosen answers, by the wording of the question. */
  Accuracies cue(Embedder embedder, Progress progress) {
    Embeddings images =
        embed(new PhantomDataset(phantoms.withOverlay(OverlayMode.NONE)), embedder, progress);
    return accuracies(
        answered(images, embedder, CueMode.PRESENT),
        answered(images, embedder, CueMode.NONE),
        answered(images, embedder, CueMode.MISLEADING));
  }

  private double[] answered(Embeddings images, Embedder embedder, CueMode mode) {
    List<Question> questions =
        each(new PhantomDataset(phantoms.withCue(mode))).map(Phantom::question).toList();
    List<String> chosen =
        new QuestionAnswering(embedder)
            .answer(
                images,
                questions.stream()
                    .map(question -> new Choice(question.text(), question.candidates()))
                    .toList(),
                Progress.NONE);
    return right(chosen, questions.stream().map(Question::answer).toList());
  }

  private static Embeddings embed(PhantomDataset shown, Embedder embedder, Progress progress) {
    List<Sample> samples = shown.samples();
    return embedder.images(samples.stream().map(ImageItem::of).toList(), progress).embeddings();
  }

  private static Stream<Phantom> each(PhantomDataset dataset) {
    return IntStream.range(0, dataset.config().n()).mapToObj(dataset::phantom);
  }
}
