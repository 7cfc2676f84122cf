package dev.auscult.cli;

import dev.auscult.adapt.Adaptation;
import dev.auscult.adapt.AdaptationTask;
import dev.auscult.adapt.AdapterDescription;
import dev.auscult.adapt.AdapterTrainer;
import dev.auscult.adapt.ClassFigures;
import dev.auscult.adapt.ClassPredictions;
import dev.auscult.adapt.EmbeddingAdapter;
import dev.auscult.adapt.LabelledSplit;
import dev.auscult.adapt.SavedAdapter;
import dev.auscult.adapt.TaskEncoder;
import dev.auscult.adapt.TaskLabels;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import dev.auscult.report.Provenance;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A data set embedded, an adapter trained on it, and what it makes of the test split beside the
 * model itself.
 *
 * @param labels what is told apart
 * @param split the embedded data
 * @param task what was trained on
 * @param adaptation the adapter
 * @param saved the adapter as its file holds it
 * @param adapted its predictions of the test split
 * @param zeroShot the model's own
 * @param figures by what is scored, e.g. {@code class_concept.adapted}
 * @param seconds of training alone
 */
record AdaptationRun(
    TaskLabels labels,
    LabelledSplit split,
    AdaptationTask task,
    Adaptation adaptation,
    SavedAdapter saved,
    ClassPredictions adapted,
    ClassPredictions zeroShot,
    Map<String, Map<String, Estimate>> figures,
    double seconds) {
  static final String COMBINATIONS = "class_concept";
  static final String CLASSES = "class";

  /** Embeds, trains, predicts. */
  static AdaptationRun of(
      DualEncoder encoder,
      Embedder embedder,
      Dataset dataset,
      TaskLabels labels,
      AdapterTrainer trainer,
      CommonOptions common) {
    Seed seed = new Seed(common.seed());
    LabelledSplit split = LabelledSplit.of(dataset, labels, embedder, seed, common.progress());
    AdaptationTask task =
        new AdaptationTask(
                labels.hierarchy(),
                labels.mode(),
                labels.prompts().embed(embedder, common.progress()),
                encoder.logitScale(),
                split.train(),
                split.validation(),
                seed.derive("train"))
            .through(new TaskEncoder(encoder, common.compute(), labels.prompts(), images(dataset)));
    long began = System.nanoTime();
    Adaptation adaptation = trainer.train(task, common.progress());
    double seconds = (System.nanoTime() - began) / 1e9;
    ClassPredictions adapted = ClassPredictions.of(adaptation.adapter(), task, split.test());
    ClassPredictions zeroShot = ClassPredictions.of(EmbeddingAdapter.IDENTITY, task, split.test());
    AdapterDescription description =
        new AdapterDescription(
            trainer.method(),
            trainer.settings(),
            adaptation.chosen(),
            labels.hierarchy(),
            labels.mode(),
            labels.prompts(),
            encoder.logitScale(),
            AdapterDescription.Model.of(encoder.identity()),
            dataset.hash(),
            common.seed());
    return new AdaptationRun(
        labels,
        split,
        task,
        adaptation,
        new SavedAdapter(description, adaptation.adapter()),
        adapted,
        zeroShot,
        figures(labels, adapted, zeroShot, common),
        seconds);
  }

  private static Map<String, ImageSource> images(Dataset dataset) {
    return dataset.samples().stream().collect(Collectors.toMap(Sample::id, Sample::image));
  }

  private static Map<String, Map<String, Estimate>> figures(
      TaskLabels labels,
      ClassPredictions adapted,
      ClassPredictions zeroShot,
      CommonOptions common) {
    Bootstrap bootstrap = Bootstrap.bca(new Seed(common.seed()).derive("bootstrap"));
    Map<String, ClassPredictions> scored = new LinkedHashMap<>();
    scored.put(COMBINATIONS + ".adapted", adapted);
    scored.put(COMBINATIONS + ".zero_shot", zeroShot);
    if (labels.hierarchy().classes().size() < labels.hierarchy().size()
        && labels.hierarchy().classes().size() > 1) {
      scored.put(CLASSES + ".adapted", adapted.byClass(labels.hierarchy()));
      scored.put(CLASSES + ".zero_shot", zeroShot.byClass(labels.hierarchy()));
    }
    Map<String, Map<String, Estimate>> figures = new LinkedHashMap<>();
    scored.forEach(
        (name, predictions) ->
            figures.put(
                name,
                ClassFigures.of(predictions, bootstrap, common.threads(), common.progress())));
    return figures;
  }

  /** Says what the user should know. */
  void remark(Console console) {
    SkippedFile.remark(split.skipped(), console);
    List<String> missing = task.withoutSamples();
    if (!missing.isEmpty()) {
      console.remark(
          "no training sample of %d labels: %s"
              .formatted(missing.size(), String.join(", ", missing)));
    }
  }

  /** The report of this run. */
  AdaptationReport report(Run run, ModelIdentity model, Dataset dataset) throws IOException {
    return new AdaptationReport(
        this,
        run.report(
            List.of(model), Optional.of(Provenance.Data.of(dataset)), AdaptationReport.json(this)));
  }
}
