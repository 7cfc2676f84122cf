package dev.auscult.pretrain;

import dev.auscult.model.Activation;
import java.nio.file.Path;
import java.util.List;

/**
 * What to train, on what, and how. {@code docs/pretraining.md} lists the keys of the YAML file with
 * their defaults.
 *
 * @param data where the pairs come from, one or more sources
 * @param tokenizer learnt or given
 * @param model the architecture
 * @param training the optimisation
 * @param validation how progress is measured
 * @param augmentation random changes of training images
 * @param cacheMegabytes how much memory resized images may take so that later epochs need not
 *     decode them again; changes speed only
 * @param seed from which initial weights, order, augmentation and negatives are drawn
 */
public record PretrainConfig(
    List<DataSource> data,
    TokenizerChoice tokenizer,
    Model model,
    Training training,
    Validation validation,
    Augmentation augmentation,
    int cacheMegabytes,
    long seed) {

  /** Copies the list. */
  public PretrainConfig {
    data = List.copyOf(data);
  }

  /**
   * Reads a configuration.
   *
   * @throws dev.auscult.base.InputException naming the key at fault and what it may be; unknown
   *     keys are refused with the list of known ones
   */
  public static PretrainConfig read(Path file) {
    return PretrainYaml.read(file);
  }

  /** The same with another seed. */
  public PretrainConfig withSeed(long other) {
    return new PretrainConfig(
        data, tokenizer, model, training, validation, augmentation, cacheMegabytes, other);
  }

  /**
   * A dual encoder in CLIP's form.
   *
   * @param imageSize side of the square input in pixels
   * @param patchSize side of a patch, a divisor of the image size
   * @param context the largest number of tokens of a text, special tokens included
   * @param projection dimension of the shared space
   * @param activation of both encoders' feed-forward layers, which are 4 times as wide as the rest
   * @param vision the image encoder
   * @param text the text encoder
   */
  public record Model(
      int imageSize,
      int patchSize,
      int context,
      int projection,
      Activation activation,
      Tower vision,
      Tower text) {}

  /**
   * The size of one encoder.
   *
   * @param width features per position
   * @param layers blocks
   * @param heads attention heads, a divisor of the width
   */
  public record Tower(int width, int layers, int heads) {}

  /**
   * The optimisation.
   *
   * @param loss what is minimised
   * @param length when it ends
   * @param batch images per update
   * @param learningRate the peak
   * @param warmup updates until the peak
   * @param weightDecay on matrices, convolutions and embedding tables; gains, biases, the class
   *     embedding and the logit scale have none
   * @param beta1 decay of AdamW's first moment
   * @param beta2 decay of its second
   * @param epsilon added to the root of the second moment
   * @param clip largest norm of the gradients of one update
   * @param hardNegatives wrong answers per question that an image must reject, 0 for none
   * @param saveMinutes after how many minutes at most the state is saved
   */
  public record Training(
      TrainingLoss loss,
      TrainingLength length,
      int batch,
      double learningRate,
      int warmup,
      double weightDecay,
      double beta1,
      double beta2,
      double epsilon,
      double clip,
      int hardNegatives,
      double saveMinutes) {}

  /**
   * How progress is measured.
   *
   * @param fraction of the patients held out where a source names no validation split
   * @param everyEpochs validate after every so many epochs, and after the last
   * @param samples at most so many validation samples, chosen at random once
   */
  public record Validation(double fraction, int everyEpochs, int samples) {}

  /**
   * Random changes of training images; left and right are never swapped.
   *
   * @param shift largest displacement in each direction as a fraction of the side; black moves in
   * @param brightness largest change of brightness as a fraction of white
   * @param contrast largest relative change of contrast around mid-gray
   */
  public record Augmentation(double shift, double brightness, double contrast) {
    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0);

    boolean changesNothing() {
      return shift == 0 && brightness == 0 && contrast == 0;
    }
  }
}
