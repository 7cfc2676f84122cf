package dev.auscult.cli;

import dev.auscult.checkpoint.hub.HubReference;
import dev.auscult.image.ImageTransform;
import dev.auscult.model.Architecture;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.PublishedModel;
import dev.auscult.model.Registry;
import dev.auscult.model.VisionEncoder;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What there is to say of a model, by name, in the order in which it is shown. */
final class ModelFacts {
  private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();

  private ModelFacts() {}

  /** Everything about a loaded model. */
  static Map<String, @Nullable Object> of(String name, VisionEncoder encoder) {
    ModelFacts all = new ModelFacts();
    all.facts.put("model", encoder.identity().name());
    all.facts.put("family", encoder.identity().family());
    encoder
        .architecture()
        .ifPresent(made -> all.architecture(made, encoder instanceof DualEncoder));
    known(name).ifPresent(all::published);
    all.facts.put("engine", encoder.engine());
    all.facts.put("dimension", encoder.dimension());
    all.image(encoder);
    if (encoder instanceof DualEncoder dual) {
      all.text(dual);
    }
    encoder.identity().commit().ifPresent(commit -> all.facts.put("commit", commit));
    all.facts.put("weights", encoder.identity().weights().hex());
    all.facts.put("configuration", encoder.identity().configuration().hex());
    return all.facts;
  }

  /** What the registry says of a model. */
  static Map<String, @Nullable Object> of(PublishedModel published) {
    ModelFacts all = new ModelFacts();
    all.facts.put("id", published.id());
    all.facts.put("hub", published.hub().orElse(null));
    all.facts.put("revision", published.revision().orElse(null));
    all.facts.put("source", published.source());
    all.facts.put("architecture", published.architecture());
    all.published(published);
    all.facts.put("preprocessing", published.preprocessing().key());
    all.facts.put(
        "tokenizer", published.vocabulary().map(PublishedModel.Vocabulary::hub).orElse("own"));
    all.facts.put("loads", published.loads());
    all.facts.put("remark", published.remark());
    return all.facts;
  }

  /** What the registry knows of a model on the hub or of a folder, if that says what it is. */
  static Optional<PublishedModel> known(String name) {
    if (HubReference.isHubName(name)) {
      return Registry.standard().of(name, Path.of("."));
    }
    File file = new File(name);
    return file.exists() ? Registry.standard().of(name, file.toPath()) : Optional.empty();
  }

  private void architecture(Architecture architecture, boolean texts) {
    facts.put("layout", architecture.layout());
    facts.put("image_encoder", architecture.image());
    String plain = texts ? "CLIP transformer" : "none";
    facts.put("text_encoder", architecture.text().isEmpty() ? plain : architecture.text());
    facts.put("parameters", architecture.parameters());
    facts.put("parameter_bytes", architecture.bytes());
    facts.put("ignored_tensors", architecture.ignored());
    facts.put("unwrapped", architecture.unwrapped());
    if (!architecture.imageHead().isEmpty()) {
      facts.put("image_head", architecture.imageHead());
    }
    if (!architecture.textHead().isEmpty()) {
      facts.put("text_head", architecture.textHead());
    }
  }

  private void published(PublishedModel published) {
    facts.put("published_as", published.title());
    facts.put("licence", published.licence().name());
    facts.put("limits", published.notice().orElse("none known"));
    facts.put("domains", published.domains());
    facts.put("prompts", published.prompts());
    facts.put("citation", published.citation());
  }

  private void image(VisionEncoder encoder) {
    facts.put("image_size", encoder.patchGrid().imageSize());
    facts.put("patch_size", encoder.patchGrid().patchSize());
    facts.put("patches", encoder.patchGrid().count());
    ImageTransform transform = encoder.imageTransform();
    facts.put("transform", TransformWords.of(transform));
    facts.put("resize", words(transform.resize().toString()));
    facts.put("resample", transform.resample().name().toLowerCase(Locale.ROOT));
    facts.put("mean", transform.normalisation().mean());
    facts.put("std", transform.normalisation().std());
  }

  private void text(DualEncoder dual) {
    facts.put("score", dual.score().probability().name().toLowerCase(Locale.ROOT));
    facts.put("logit_scale", dual.score().scale());
    facts.put("logit_bias", dual.score().bias());
    facts.put("context_length", dual.tokenizer().contextLength());
    facts.put("vocabulary", dual.tokenizer().vocabularySize());
  }

  /** {@code ShortestEdge[pixels=224]} as {@code shortest edge, pixels 224}. */
  private static String words(String record) {
    return record
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .replaceAll("\\[", ", ")
        .replace("]", "")
        .replace('=', ' ')
        .toLowerCase(Locale.ROOT);
  }
}
