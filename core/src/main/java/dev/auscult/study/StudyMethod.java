package dev.auscult.study;

import dev.auscult.adapt.AdaptationMethod;
import dev.auscult.adapt.AdapterTrainer;
import dev.auscult.adapt.CacheKeys;
import dev.auscult.adapt.ClipAdapter;
import dev.auscult.adapt.LinearProbe;
import dev.auscult.adapt.LpPlusPlus;
import dev.auscult.adapt.ScaleTrainer;
import dev.auscult.adapt.TipAdapter;
import dev.auscult.adapt.TrainingSchedule;
import dev.auscult.adapt.ZeroShot;
import dev.auscult.learning.ClassBalance;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a study compares: the methods of adaptation that work on cached embeddings. */
public enum StudyMethod {
  /** The model as it is. */
  ZERO_SHOT(AdaptationMethod.ZERO_SHOT),
  /** SCALE. */
  SCALE(AdaptationMethod.SCALE),
  /** Logistic regression on the image embeddings. */
  LINEAR(AdaptationMethod.LINEAR),
  /** The same, with all classes counting the same. */
  LINEAR_WEIGHTED("linear-weighted", "weighted probe"),
  /** CLIP-Adapter. */
  CLIP_ADAPTER(AdaptationMethod.CLIP_ADAPTER),
  /** Tip-Adapter. */
  TIP(AdaptationMethod.TIP),
  /** Tip-Adapter-F. */
  TIP_F(AdaptationMethod.TIP_F),
  /** LP++. */
  LP_PLUS_PLUS(AdaptationMethod.LP_PLUS_PLUS);

  private final String term;
  private final String title;

  StudyMethod(AdaptationMethod method) {
    this(method.term(), method.title());
  }

  StudyMethod(String term, String title) {
    this.term = term;
    this.title = title;
  }

  /** The word for it in configurations and files. */
  public String term() {
    return term;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** All words, for messages. */
  static String terms() {
    return Arrays.stream(values()).map(StudyMethod::term).collect(Collectors.joining(", "));
  }

  /** The method of a word. */
  static Optional<StudyMethod> of(String term) {
    return Arrays.stream(values()).filter(method -> method.term.equals(term)).findFirst();
  }

  /** Whether settings are chosen on validation samples, which it then does not fit on. */
  boolean chooses() {
    return switch (this) {
      case ZERO_SHOT, SCALE, CLIP_ADAPTER -> false;
      case LINEAR, LINEAR_WEIGHTED, TIP, TIP_F, LP_PLUS_PLUS -> true;
    };
  }

  /** Whether sentences of the training split are texts to it. */
  boolean mixesTexts() {
    return this == SCALE;
  }

  /** The trainer with its usual settings. */
  AdapterTrainer trainer(int epochs) {
    TrainingSchedule usual = TrainingSchedule.STANDARD;
    TrainingSchedule schedule = new TrainingSchedule(epochs, usual.batch(), usual.learningRate());
    return switch (this) {
      case ZERO_SHOT -> new ZeroShot();
      case SCALE ->
          new ScaleTrainer(
              ScaleTrainer.STANDARD.shape(),
              ScaleTrainer.STANDARD.objective(),
              schedule,
              ScaleTrainer.STANDARD.pairing(),
              ScaleTrainer.STANDARD.use());
      case LINEAR -> new LinearProbe(ClassBalance.PLAIN);
      case LINEAR_WEIGHTED -> new LinearProbe(ClassBalance.WEIGHTED);
      case CLIP_ADAPTER ->
          new ClipAdapter(ClipAdapter.STANDARD.reduction(), ClipAdapter.STANDARD.ratio(), schedule);
      case TIP -> TipAdapter.standard(CacheKeys.FIXED);
      case TIP_F -> TipAdapter.standard(CacheKeys.TRAINED);
      case LP_PLUS_PLUS -> LpPlusPlus.STANDARD;
    };
  }
}
