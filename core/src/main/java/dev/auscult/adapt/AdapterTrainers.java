package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import dev.auscult.learning.ClassBalance;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Makes trainers from a method's name and settings. */
public final class AdapterTrainers {
  private AdapterTrainers() {}

  /**
   * A trainer.
   *
   * @param settings those that differ from the defaults, by name
   * @throws InputException if a setting is unknown or out of range
   */
  public static AdapterTrainer of(AdaptationMethod method, Map<String, String> settings) {
    MethodSettings given = new MethodSettings(method, settings);
    return switch (method) {
      case ZERO_SHOT -> given.build(ZeroShot::new);
      case SCALE -> scale(given);
      case LINEAR -> linear(given);
      case CLIP_ADAPTER -> clipAdapter(given);
      case TIP -> tip(given, CacheKeys.FIXED);
      case TIP_F -> tip(given, CacheKeys.TRAINED);
      case LP_PLUS_PLUS -> {
        int iterations = given.wholeNumber("iterations", LpPlusPlus.STANDARD.iterations());
        yield given.build(() -> new LpPlusPlus(iterations));
      }
      case COOP -> coop(given);
      case LORA -> lora(given);
    };
  }

  private static AdapterTrainer coop(MethodSettings given) {
    CoOp standard = CoOp.STANDARD;
    int length = given.wholeNumber("context", standard.length());
    PromptWords words = given.choice("words", PromptWords.class, standard.words());
    OptionalInt epochs = given.wholeNumberOr("epochs", "shots");
    int batch = given.wholeNumber("batch", standard.batch());
    double rate = given.number("learning-rate", standard.learningRate());
    return given.build(() -> new CoOp(length, words, epochs, batch, rate));
  }

  private static AdapterTrainer lora(MethodSettings given) {
    ClipLora standard = ClipLora.STANDARD;
    int rank = given.wholeNumber("rank", standard.rank());
    double alpha = given.number("alpha", standard.alpha());
    double dropout = given.number("dropout", standard.dropout());
    OptionalInt iterations = given.wholeNumberOr("iterations", "shots");
    int batch = given.wholeNumber("batch", standard.batch());
    double rate = given.number("learning-rate", standard.learningRate());
    return given.build(() -> new ClipLora(rank, alpha, dropout, iterations, batch, rate));
  }

  private static AdapterTrainer linear(MethodSettings given) {
    ClassBalance balance = given.choice("balance", ClassBalance.class, ClassBalance.PLAIN);
    List<Double> strengths = given.numbers("C", LinearProbe.STANDARD_STRENGTHS);
    return given.build(() -> new LinearProbe(balance, strengths));
  }

  private static AdapterTrainer clipAdapter(MethodSettings given) {
    int reduction = given.wholeNumber("reduction", ClipAdapter.STANDARD.reduction());
    double ratio = given.number("alpha", ClipAdapter.STANDARD.ratio());
    Schedule schedule = Schedule.read(given, ClipAdapter.STANDARD.schedule());
    return given.build(() -> new ClipAdapter(reduction, ratio, schedule.make()));
  }

  private static AdapterTrainer tip(MethodSettings given, CacheKeys keys) {
    TipAdapter standard = TipAdapter.standard(keys);
    double share = given.number("a", standard.share());
    double sharpness = given.number("b", standard.sharpness());
    if (keys == CacheKeys.FIXED) {
      return given.build(() -> new TipAdapter(keys, share, sharpness, standard.schedule()));
    }
    Schedule schedule = Schedule.read(given, standard.schedule());
    return given.build(() -> new TipAdapter(keys, share, sharpness, schedule.make()));
  }

  private static AdapterTrainer scale(MethodSettings given) {
    ScaleTrainer standard = ScaleTrainer.STANDARD;
    int depth = given.wholeNumber("depth", standard.shape().depth());
    int reduction = given.wholeNumber("reduction", standard.shape().reduction());
    double ratio = given.number("alpha", standard.shape().ratio());
    boolean search = given.is("lambda", "grid");
    if (search) {
      given.drop("lambda");
    }
    List<Double> weights = search ? List.of(1.0, 1.0, .5, .5) : lambda(given);
    double temperature = given.number("tau", standard.objective().temperature());
    RowNormalisation rows =
        given.choice("rows", RowNormalisation.class, standard.objective().normalisation());
    LossReduction reductionOfLoss =
        given.choice("reduce", LossReduction.class, standard.objective().reduction());
    CombinationColumns columns =
        given.choice("columns", CombinationColumns.class, standard.objective().columns());
    OptionalDouble scale = given.numberOrModel("scale");
    TextPairing pairing = given.choice("pairing", TextPairing.class, standard.pairing());
    PromptUse use = given.choice("score-with", PromptUse.class, standard.use());
    Schedule schedule = Schedule.read(given, standard.schedule());
    return given.build(
        () -> {
          ScaleTrainer trainer =
              new ScaleTrainer(
                  new AdapterShape(depth, reduction, ratio),
                  new ScaleObjective(
                      new ScaleWeights(
                          weights.get(0), weights.get(1), weights.get(2), weights.get(3)),
                      temperature,
                      rows,
                      reductionOfLoss,
                      columns,
                      scale),
                  schedule.make(),
                  pairing,
                  use);
          return search ? ScaleGridSearch.standard(trainer) : trainer;
        });
  }

  private static List<Double> lambda(MethodSettings given) {
    List<Double> weights = given.numbers("lambda", List.of(1.0, 1.0, .5, .5));
    if (weights.size() != 4) {
      throw new UsageException(
          "--set lambda",
          weights.size() + " numbers",
          "four (concepts, classes, images, texts), or grid",
          "write e.g. --set lambda=1,1,0.5,0.5");
    }
    return weights;
  }

  /** What a schedule is made of, checked when it is made. */
  private record Schedule(int epochs, int batch, double rate) {
    static Schedule read(MethodSettings given, TrainingSchedule standard) {
      return new Schedule(
          given.wholeNumber("epochs", standard.epochs()),
          given.wholeNumber("batch", standard.batch()),
          given.number("learning-rate", standard.learningRate()));
    }

    TrainingSchedule make() {
      return new TrainingSchedule(epochs, batch, rate);
    }
  }
}
