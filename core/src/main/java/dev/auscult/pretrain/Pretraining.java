package dev.auscult.pretrain;

import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.image.ImageTransform;
import dev.auscult.model.ClipConfig;
import dev.auscult.model.ClipInitializer;
import dev.auscult.model.ClipModel;
import dev.auscult.model.Parameters;
import dev.auscult.model.PatchGrid;
import dev.auscult.model.TransformerConfig;
import dev.auscult.pretrain.PretrainConfig.Model;
import dev.auscult.pretrain.PretrainConfig.Tower;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Trains a small dual encoder from image-text pairs. */
public final class Pretraining {
  private static final double LAYER_NORM_EPSILON = 1e-5;

  private Pretraining() {}

  /**
   * Trains as configured, or continues an interrupted run of the same configuration. On the same
   * machine with the same number of threads an interrupted run ends with the same bits as an
   * uninterrupted one.
   *
   * @param out receives {@code best} and {@code last}, checkpoints in Hugging Face layout, and the
   *     state to resume from
   * @param compute threads; training computes in float32
   * @param progress counts updates and is told the losses
   * @throws InputException if a source cannot be read, or {@code out} holds a run of another
   *     configuration
   * @throws InterruptedRunException if {@code progress} asked to stop; the state is then saved
   */
  public static PretrainResult run(
      PretrainConfig config, Path out, Compute compute, Progress progress) {
    RunFolder folder = new RunFolder(out);
    folder.create();
    compute.apply();
    try {
      return run(config, folder, progress);
    } catch (IOException e) {
      throw new InputException(
          out.toString(),
          "it cannot be written (" + e.getMessage() + ")",
          "room for checkpoints",
          "free some space or name another folder with --out; the same command resumes",
          e);
    }
  }

  private static PretrainResult run(PretrainConfig config, RunFolder folder, Progress progress)
      throws IOException {
    TrainingSet data = SourceReader.read(config);
    Map<String, String> entries = new LinkedHashMap<>(ConfigEntries.of(config));
    entries.putAll(data.hashes());
    Optional<RunState> earlier = folder.resumable(entries);
    RunTokenizer tokenizer =
        RunTokenizer.of(
            config.tokenizer(), config.model().context(), data.training(), folder.last());
    ClipConfig architecture = architecture(config.model(), tokenizer);
    Seed seed = new Seed(config.seed());
    try (Parameters parameters =
        ClipInitializer.draw(architecture, seed.derive("initial weights"))) {
      TrainingRun run =
          new TrainingRun(
              config,
              data,
              folder,
              tokenizer,
              ImageTransform.clip(config.model().imageSize()),
              ClipModel.of(architecture, parameters),
              parameters,
              entries);
      return run.complete(earlier, progress);
    }
  }

  private static ClipConfig architecture(Model model, RunTokenizer tokenizer) {
    return new ClipConfig(
        new ClipConfig.Vision(
            transformer(model, model.vision()),
            3,
            new PatchGrid(model.imageSize(), model.patchSize())),
        new ClipConfig.Text(
            transformer(model, model.text()),
            tokenizer.tokenizer().vocabularySize(),
            model.context(),
            tokenizer.beginId(),
            tokenizer.endId(),
            tokenizer.tokenizer().padId()),
        model.projection(),
        Math.log(1 / 0.07));
  }

  private static TransformerConfig transformer(Model model, Tower tower) {
    return new TransformerConfig(
        tower.width(),
        tower.layers(),
        tower.heads(),
        4 * tower.width(),
        model.activation(),
        LAYER_NORM_EPSILON);
  }
}
