package dev.auscult.evaluation;

import dev.auscult.metric.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures are called in result files. */
public final class FigureNames {
  /** Share of observations called rightly; of several labels the mean over labels. */
  public static final String ACCURACY = "accuracy";

  /** Mean recall of the classes in the truth; of several labels the mean of the labels' own. */
  public static final String BALANCED_ACCURACY = "balanced_accuracy";

  /** Mean recall of the classes in truth or calls. */
  public static final String MACRO_RECALL = "macro_recall";

  /** Mean F1 of the classes in truth or calls. */
  public static final String MACRO_F1 = "macro_f1";

  /** Area under the ROC; of several classes one against the rest, averaged. */
  public static final String AUROC = "auroc";

  /** Average precision; of several classes one against the rest, averaged. */
  public static final String AUPRC = "auprc";

  /** Largest sensitivity at a specificity of at least 95%. */
  public static final String SENSITIVITY_95 = "sensitivity_at_95_specificity";

  /** Expected calibration error as torchmetrics, of several classes of the first one. */
  public static final String ECE = "ece";

  /** Mean gap of the bins that are not empty. */
  public static final String ECE_UNWEIGHTED = "ece_unweighted";

  /** Mean squared error of probabilities; of several classes summed over them. */
  public static final String BRIER = "brier";

  /** Mean confidence minus the share that came true. */
  public static final String IN_THE_LARGE = "calibration_in_the_large";

  /** True positive rate, recall. */
  public static final String SENSITIVITY = "sensitivity";

  /** True negative rate. */
  public static final String SPECIFICITY = "specificity";

  /** Positive predictive value. */
  public static final String PRECISION = "precision";

  /** Negative predictive value. */
  public static final String NPV = "negative_predictive_value";

  /** Harmonic mean of precision and sensitivity. */
  public static final String F1 = "f1";

  /** Share called positive. */
  public static final String SELECTION_RATE = "selection_rate";

  /** F1 of all labels together. */
  public static final String MICRO_F1 = "micro_f1";

  /** Area under the ROC of all pairs of observation and class. */
  public static final String MICRO_AUROC = "micro_auroc";

  /** Average precision of all pairs of observation and class. */
  public static final String MICRO_AUPRC = "micro_auprc";

  /** Share of observations of which every label is right. */
  public static final String SUBSET_ACCURACY = "subset_accuracy";

  /** The figures that every task has, in the order of result files. */
  public static final List<String> MAIN =
      List.of(
          ACCURACY,
          BALANCED_ACCURACY,
          MACRO_RECALL,
          MACRO_F1,
          AUROC,
          AUPRC,
          SENSITIVITY_95,
          ECE,
          ECE_UNWEIGHTED,
          BRIER);

  /** Figures of one class from its counts. */
  static final List<String> OF_COUNTS =
      List.of(SENSITIVITY, SPECIFICITY, PRECISION, NPV, F1, SELECTION_RATE, ACCURACY);

  /** Figures of one class from its ranking. */
  static final List<String> OF_RANKING = List.of(AUROC, AUPRC, SENSITIVITY_95);

  /** Figures of one label from its confidences. */
  static final List<String> OF_CONFIDENCE = List.of(ECE, ECE_UNWEIGHTED, BRIER, IN_THE_LARGE);

  /** After the name of a figure: at least how far it is from that of the data. */
  static final String ABOVE = " above";

  /** After the name of a figure: at most how far it is from that of the data. */
  static final String BELOW = " below";

  /** Of the figures that have a kink what their intervals are made of, in resamples. */
  static final List<String> DEVIATIONS =
      List.of(ECE + ABOVE, ECE + BELOW, ECE_UNWEIGHTED + ABOVE, ECE_UNWEIGHTED + BELOW);

  private static final Set<String> FIGURES =
      Stream.of(OF_COUNTS, OF_RANKING, OF_CONFIDENCE)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  private FigureNames() {}

  /** The name of a figure of one class. */
  static String of(String className, String figure) {
    return "class " + className + " " + figure;
  }

  /** Whether it is no figure but how far one is from that of the data. */
  static boolean isDeviation(String name) {
    return name.endsWith(ABOVE) || name.endsWith(BELOW);
  }

  /** Whether a figure is of a single class. */
  static boolean isOfClass(String name) {
    return name.startsWith("class ");
  }

  /** What groups are tested by: figures that do not move with prevalence or size alone. */
  static List<String> testedByGroup(Predictions predictions) {
    List<String> tested = new ArrayList<>(List.of(AUROC, BALANCED_ACCURACY));
    if (predictions.task() == Task.BINARY) {
      tested.addAll(ofClasses(predictions.classes(), List.of(SENSITIVITY, SPECIFICITY)));
    }
    return tested;
  }

  /** The name of a figure without that of its class. */
  static String plain(String name) {
    return isOfClass(name) ? name.substring(name.lastIndexOf(' ') + 1) : name;
  }

  /** The figures that are not of a single class. */
  public static Map<String, Estimate> ofAll(Map<String, Estimate> figures) {
    Map<String, Estimate> all = new LinkedHashMap<>(figures);
    all.keySet().removeIf(FigureNames::isOfClass);
    return all;
  }

  /** The figures of one class among those of all, under their plain names. */
  public static Map<String, Estimate> ofClass(Map<String, Estimate> figures, String className) {
    String prefix = of(className, "");
    Map<String, Estimate> own = new LinkedHashMap<>();
    figures.forEach(
        (name, estimate) -> {
          String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
          if (FIGURES.contains(rest)) {
            own.put(rest, estimate);
          }
        });
    return own;
  }

  /** The plain names of the figures of one class among these names. */
  static List<String> ofClass(List<String> names, String className) {
    String prefix = of(className, "");
    return names.stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .filter(FIGURES::contains)
        .toList();
  }

  /** Names of all figures of these classes. */
  static List<String> ofClasses(List<String> classes, List<String> figures) {
    List<String> names = new ArrayList<>();
    classes.forEach(name -> figures.forEach(figure -> names.add(of(name, figure))));
    return names;
  }
}
