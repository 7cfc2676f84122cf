package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * SCALE with lambda 1 to 4 found by grid search, as the paper did (section 2.2), here by
 * cross-validation within the training split alone: patients are dealt to folds, and of the
 * candidates the one with the largest mean AUROC over the folds that have one trains on the whole
 * split. The first of equals is taken.
 *
 * @param trainer everything but the weights
 * @param candidates for the weights
 * @param folds at least 2
 */
public record ScaleGridSearch(ScaleTrainer trainer, List<ScaleWeights> candidates, int folds)
    implements AdapterTrainer {

  /** Copies and checks the list. */
  public ScaleGridSearch {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty() || folds < 2) {
      throw new IllegalArgumentException(
          "%d candidates, %d folds".formatted(candidates.size(), folds));
    }
  }

  /** Lambda 1 and 2 of 0.5 or 1 with lambda 3 and 4 of 0, 0.1, 0.5 or 1, in three folds. */
  public static ScaleGridSearch standard(ScaleTrainer trainer) {
    List<ScaleWeights> candidates = new ArrayList<>();
    for (double classes : List.of(.5, 1.0)) {
      for (double contrast : List.of(0.0, .1, .5, 1.0)) {
        candidates.add(new ScaleWeights(classes, classes, contrast, contrast));
      }
    }
    return new ScaleGridSearch(trainer, candidates, 3);
  }

  @Override
  public AdaptationMethod method() {
    return trainer.method();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(trainer.settings());
    settings.put("lambda", "grid " + candidates);
    settings.put("folds", Integer.toString(folds));
    return settings;
  }

  @Override
  public Adaptation train(AdaptationTask task, Progress progress) {
    List<List<Integer>> dealt = deal(task);
    ScaleWeights best = candidates.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    try (Progress.Task counting =
        progress.begin("lambda", (long) candidates.size() * dealt.size())) {
      for (ScaleWeights candidate : candidates) {
        double mean = meanAuroc(with(candidate), task, dealt, counting);
        if (mean > highest) {
          highest = mean;
          best = candidate;
        }
      }
    }
    if (highest == Double.NEGATIVE_INFINITY) {
      throw undecided(task);
    }
    Adaptation adaptation = with(best).train(task, progress);
    return new Adaptation(
        adaptation.adapter(), adaptation.curve(), Map.of("lambda", best.toString()));
  }

  private ScaleTrainer with(ScaleWeights weights) {
    return new ScaleTrainer(
        trainer.shape(),
        trainer.objective().with(weights),
        trainer.schedule(),
        trainer.pairing(),
        trainer.use());
  }

  private static InputException undecided(AdaptationTask task) {
    return new InputException(
        "the grid of lambda",
        "%d training samples whose labels differ in no fold".formatted(task.train().size()),
        "a fold that holds both samples with a label and samples without it",
        "give lambda four numbers, e.g. 1,1,0.5,0.5, or add samples");
  }

  /** The mean over the folds that have an AUROC; {@code NaN} if none has. */
  private static double meanAuroc(
      ScaleTrainer trainer,
      AdaptationTask task,
      List<List<Integer>> dealt,
      Progress.Task counting) {
    return dealt.stream()
        .mapToDouble(
            heldOut -> {
              double auroc = auroc(trainer, task, heldOut);
              counting.advance(1);
              return auroc;
            })
        .filter(auroc -> !Double.isNaN(auroc))
        .average()
        .orElse(Double.NaN);
  }

  private static double auroc(ScaleTrainer trainer, AdaptationTask task, List<Integer> heldOut) {
    List<Integer> kept =
        IntStream.range(0, task.train().size()).filter(i -> !heldOut.contains(i)).boxed().toList();
    LabelledFeatures validation = task.train().rows(heldOut);
    AdaptationTask inner =
        new AdaptationTask(
            task.labels(),
            task.mode(),
            task.texts(),
            task.logitScale(),
            task.train().rows(kept),
            validation,
            task.seed());
    Adapter adapter = trainer.train(inner, Progress.NONE).adapter();
    return ClassPredictions.of(adapter, inner, validation).meanAuroc();
  }

  /** The rows of each fold: patients of each label in an order that the seed fixes, by turns. */
  private List<List<Integer>> deal(AdaptationTask task) {
    TreeMap<Long, List<Integer>> ordered = new TreeMap<>();
    Map<String, List<Integer>> rowsOf = new LinkedHashMap<>();
    for (int row = 0; row < task.train().size(); row++) {
      rowsOf.computeIfAbsent(task.train().groups().get(row), g -> new ArrayList<>()).add(row);
    }
    rowsOf.forEach(
        (group, rows) ->
            ordered
                .computeIfAbsent(
                    task.seed().derive("folds").derive(group).value(), k -> new ArrayList<>())
                .addAll(rows));
    List<List<Integer>> dealt = new ArrayList<>();
    IntStream.range(0, Math.min(folds, ordered.size())).forEach(f -> dealt.add(new ArrayList<>()));
    int next = 0;
    for (List<Integer> rows : byFirstLabel(ordered.values(), task.train())) {
      dealt.get(next++ % dealt.size()).addAll(rows);
    }
    return dealt;
  }

  private static List<List<Integer>> byFirstLabel(
      Iterable<List<Integer>> groups, LabelledFeatures train) {
    TreeMap<String, List<List<Integer>>> byLabel = new TreeMap<>();
    for (List<Integer> rows : groups) {
      byLabel
          .computeIfAbsent(train.labels().get(rows.get(0)).toString(), label -> new ArrayList<>())
          .add(rows);
    }
    return byLabel.values().stream().flatMap(List::stream).toList();
  }
}
