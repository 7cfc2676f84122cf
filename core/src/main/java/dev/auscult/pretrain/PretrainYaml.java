package dev.auscult.pretrain;

import dev.auscult.base.YamlSection;
import dev.auscult.data.phantom.CueMode;
import dev.auscult.data.phantom.OverlayMode;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.model.Activation;
import dev.auscult.pretrain.PretrainConfig.Augmentation;
import dev.auscult.pretrain.PretrainConfig.Model;
import dev.auscult.pretrain.PretrainConfig.Tower;
import dev.auscult.pretrain.PretrainConfig.Training;
import dev.auscult.pretrain.PretrainConfig.Validation;
import dev.auscult.text.BpeTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The YAML form of a {@link PretrainConfig}; the defaults are here. */
final class PretrainYaml {
  private static final String GUIDE = "docs/pretraining.md explains every key";
  private static final int MAX_SAMPLES = 10_000_000;
  private static final int MAX_WIDTH = 4096;
  private static final int MAX_PATCHES_PER_SIDE = 64;
  private static final String DATA =
      "a list of sources, each with \"source: phantom\" or another data set's name";

  private PretrainYaml() {}

  static PretrainConfig read(Path file) {
    return config(YamlSection.read(file, GUIDE));
  }

  /** Parses the text of a configuration called {@code file} in messages. */
  static PretrainConfig parse(String yaml, String file) {
    return config(YamlSection.parse(yaml, file, GUIDE));
  }

  private static PretrainConfig config(YamlSection root) {
    PretrainConfig config =
        new PretrainConfig(
            data(root),
            tokenizer(root.section("tokenizer")),
            model(root.section("model")),
            training(root.section("training")),
            validation(root.section("validation")),
            augmentation(root.section("augmentation")),
            root.integer("cache_megabytes", 256, 0, 1 << 20),
            root.longInteger("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE));
    root.refuseUnknown();
    return config;
  }

  private static List<DataSource> data(YamlSection root) {
    List<DataSource> sources = new ArrayList<>();
    for (YamlSection section : root.sections("data", DATA)) {
      sources.add(source(section));
      section.refuseUnknown();
    }
    return sources;
  }

  private static DataSource source(YamlSection section) {
    String name = section.text("source", "a data set, e.g. phantom or vqa-rad:FOLDER");
    TextChoice texts = section.choice("texts", TextChoice.BOTH, TextChoice::term);
    if (!name.equals("phantom")) {
      return new DataSource.Named(name, section.integer("samples", 0, 1, MAX_SAMPLES), texts);
    }
    return new DataSource.Phantoms(
        section.integer("samples", 10_000, 2, MAX_SAMPLES),
        section.longInteger("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE),
        section.integer("size", PhantomConfig.DEFAULT_SIZE, 48, 1024),
        section.choice("overlay", OverlayMode.NONE, OverlayMode::term),
        section.choice("cue", CueMode.NONE, CueMode::term),
        texts);
  }

  private static TokenizerChoice tokenizer(YamlSection section) {
    TokenizerChoice choice;
    if (section.has("folder")) {
      choice =
          new TokenizerChoice.Existing(Path.of(section.text("folder", "a folder of a tokenizer")));
    } else {
      choice =
          new TokenizerChoice.Trained(
              section.integer("vocabulary", 1024, BpeTrainer.SMALLEST_VOCABULARY, 200_000));
    }
    section.has("vocabulary");
    section.refuseUnknown();
    return choice;
  }

  private static Model model(YamlSection section) {
    int imageSize = section.integer("image_size", 112, 8, 4096);
    int patchSize = section.integer("patch_size", 16, 1, 4096);
    if (imageSize % patchSize != 0) {
      throw section.wrong("patch_size", "a divisor of the image size " + imageSize);
    }
    if (imageSize / patchSize > MAX_PATCHES_PER_SIDE) {
      throw section.wrong(
          "patch_size", "at most %d patches along a side".formatted(MAX_PATCHES_PER_SIDE));
    }
    Model model =
        new Model(
            imageSize,
            patchSize,
            section.integer("context", 64, 4, 4096),
            section.integer("projection", 64, 1, MAX_WIDTH),
            section.choice("activation", Activation.GELU, Activation::key),
            tower(section.section("vision"), 96, 4, 4),
            tower(section.section("text"), 96, 2, 4));
    section.refuseUnknown();
    return model;
  }

  private static Tower tower(YamlSection section, int width, int layers, int heads) {
    Tower tower =
        new Tower(
            section.integer("width", width, 1, MAX_WIDTH),
            section.integer("layers", layers, 1, 64),
            section.integer("heads", heads, 1, MAX_WIDTH));
    section.refuseUnknown();
    if (tower.width() % tower.heads() != 0) {
      throw section.wrong("heads", "a divisor of the width " + tower.width());
    }
    return tower;
  }

  private static Training training(YamlSection section) {
    Training training =
        new Training(
            section.choice("loss", TrainingLoss.INFO_NCE, TrainingLoss::term),
            length(section),
            section.integer("batch", 64, 2, 65_536),
            section.number("learning_rate", 1e-3, 1e-12, 10),
            section.integer("warmup", 100, 0, Integer.MAX_VALUE),
            section.number("weight_decay", 0.1, 0, 10),
            section.number("beta1", 0.9, 0, 0.999999),
            section.number("beta2", 0.98, 0, 0.999999),
            section.number("epsilon", 1e-6, 1e-16, 1),
            section.number("clip", 1, 1e-9, 1e9),
            section.integer("hard_negatives", 2, 0, 1000),
            section.number("save_minutes", 5, 0.01, 1e6));
    section.refuseUnknown();
    return training;
  }

  private static TrainingLength length(YamlSection section) {
    if (section.has("epochs") && section.has("steps")) {
      throw section.wrong("steps", "either epochs or steps");
    }
    return section.has("steps")
        ? new TrainingLength.Steps(section.longInteger("steps", 1, 1, Integer.MAX_VALUE))
        : new TrainingLength.Epochs(section.integer("epochs", 8, 1, 1_000_000));
  }

  private static Validation validation(YamlSection section) {
    Validation validation =
        new Validation(
            section.number("fraction", 0.1, 0, 0.9),
            section.integer("every", 1, 1, 1_000_000),
            section.integer("samples", 1000, 1, MAX_SAMPLES));
    section.refuseUnknown();
    return validation;
  }

  private static Augmentation augmentation(YamlSection section) {
    Augmentation augmentation =
        new Augmentation(
            section.number("shift", 0.03, 0, 0.5),
            section.number("brightness", 0.05, 0, 1),
            section.number("contrast", 0.1, 0, 0.99));
    section.refuseUnknown();
    return augmentation;
  }
}
