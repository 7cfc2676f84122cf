package dev.auscult.pretrain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** A configuration as keys and values, to store it beside a run and to compare it later. */
final class ConfigEntries {
  private final Map<String, String> entries = new LinkedHashMap<>();

  private ConfigEntries() {}

  /** Everything that changes what comes out, under the keys of the YAML file. */
  static Map<String, String> of(PretrainConfig config) {
    ConfigEntries all = new ConfigEntries();
    for (int i = 0; i < config.data().size(); i++) {
      all.source("data[%d].".formatted(i), config.data().get(i));
    }
    if (config.tokenizer() instanceof TokenizerChoice.Trained trained) {
      all.put("tokenizer.vocabulary", trained.vocabulary());
    } else if (config.tokenizer() instanceof TokenizerChoice.Existing existing) {
      all.put("tokenizer.folder", existing.folder());
    }
    all.model(config.model());
    all.training(config.training());
    all.put("validation.fraction", config.validation().fraction());
    all.put("validation.every", config.validation().everyEpochs());
    all.put("validation.samples", config.validation().samples());
    all.put("augmentation.shift", config.augmentation().shift());
    all.put("augmentation.brightness", config.augmentation().brightness());
    all.put("augmentation.contrast", config.augmentation().contrast());
    all.put("seed", config.seed());
    return all.entries;
  }

  private void source(String prefix, DataSource source) {
    if (source instanceof DataSource.Phantoms phantoms) {
      put(prefix + "source", "phantom");
      put(prefix + "samples", phantoms.samples());
      put(prefix + "seed", phantoms.seed());
      put(prefix + "size", phantoms.size());
      put(prefix + "overlay", phantoms.overlay().term());
      put(prefix + "cue", phantoms.cue().term());
    } else if (source instanceof DataSource.Named named) {
      put(prefix + "source", named.name());
      put(prefix + "samples", named.limit() == 0 ? "all" : named.limit());
    }
    put(prefix + "texts", source.texts().term());
  }

  private void model(PretrainConfig.Model model) {
    put("model.image_size", model.imageSize());
    put("model.patch_size", model.patchSize());
    put("model.context", model.context());
    put("model.projection", model.projection());
    put("model.activation", model.activation().key());
    tower("model.vision.", model.vision());
    tower("model.text.", model.text());
  }

  private void tower(String prefix, PretrainConfig.Tower tower) {
    put(prefix + "width", tower.width());
    put(prefix + "layers", tower.layers());
    put(prefix + "heads", tower.heads());
  }

  private void training(PretrainConfig.Training training) {
    put("training.loss", training.loss().term());
    if (training.length() instanceof TrainingLength.Epochs epochs) {
      put("training.epochs", epochs.count());
    } else if (training.length() instanceof TrainingLength.Steps steps) {
      put("training.steps", steps.count());
    }
    put("training.batch", training.batch());
    put("training.learning_rate", training.learningRate());
    put("training.warmup", training.warmup());
    put("training.weight_decay", training.weightDecay());
    put("training.beta1", training.beta1());
    put("training.beta2", training.beta2());
    put("training.epsilon", training.epsilon());
    put("training.clip", training.clip());
    put("training.hard_negatives", training.hardNegatives());
  }

  private void put(String key, Object value) {
    entries.put(key, value.toString());
  }

  /** The differences in words, e.g. {@code training.batch 64 instead of 32}; empty if equal. */
  static List<String> differences(Map<String, String> now, Map<String, String> earlier) {
    TreeSet<String> keys = new TreeSet<>(now.keySet());
    keys.addAll(earlier.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(now.get(key), earlier.get(key)))
        .map(
            key ->
                "%s %s instead of %s"
                    .formatted(
                        key, now.getOrDefault(key, "absent"), earlier.getOrDefault(key, "absent")))
        .toList();
  }
}
