package dev.auscult.onnx;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.image.PixelSize;
import dev.auscult.model.Architecture;
import dev.auscult.model.DescriptionFile;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Lifetime;
import dev.auscult.model.ModelIdentity;
import dev.auscult.model.PatchGrid;
import dev.auscult.model.Preprocessing;
import dev.auscult.model.ScoreFunction;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two exported encoders under one description. */
final class OnnxEncoder implements DualEncoder {
  private final OnnxDescription description;
  private final String name;
  private final OnnxImageEncoder images;
  private final OnnxTextEncoder texts;
  private final ImageTransform transform;
  private final Tokenizer tokenizer;
  private final int dimension;
  private final Lifetime lifetime;
  private @Nullable ModelIdentity identity;

  private OnnxEncoder(
      OnnxDescription description,
      String name,
      OnnxImageEncoder images,
      OnnxTextEncoder texts,
      ImageTransform transform,
      Tokenizer tokenizer) {
    this.description = description;
    this.name = name;
    this.images = images;
    this.texts = texts;
    this.transform = transform;
    this.tokenizer = tokenizer;
    this.dimension = images.tryOut();
    int ofTexts = texts.tryOut();
    if (dimension != ofTexts) {
      throw new InputException(
          description.file().toString(),
          "images of %d features, texts of %d".formatted(dimension, ofTexts),
          "two encoders into one space",
          "export the projections with the encoders");
    }
    this.lifetime =
        new Lifetime(
            () -> {
              images.close();
              texts.close();
            });
  }

  /**
   * Opens what a description names, and tries both encoders.
   *
   * @param name as the user named it
   * @param threads worker threads within one operation
   * @throws InputException if the files do not fit the description or one another
   */
  static OnnxEncoder open(OnnxDescription description, String name, int threads) {
    OnnxDescription.Text text = description.text();
    ImageTransform transform = transform(description);
    Tokenizer tokenizer = Tokenizers.load(text.tokenizer(), text.contextLength());
    OnnxImageEncoder images = OnnxImageEncoder.open(description.image(), threads);
    try {
      OnnxTextEncoder texts = OnnxTextEncoder.open(text, tokenizer, threads);
      try {
        return new OnnxEncoder(description, name, images, texts, transform, tokenizer);
      } catch (RuntimeException e) {
        texts.close();
        throw e;
      }
    } catch (RuntimeException e) {
      images.close();
      throw e;
    }
  }

  /** What the registry knows under that name, or what the files beside the description say. */
  private static ImageTransform transform(OnnxDescription description) {
    int side = description.image().grid().imageSize();
    Path folder = folder(description);
    Preprocessing known = description.image().preprocessing();
    Path openClip = folder.resolve("open_clip_config.json");
    Path huggingFace = folder.resolve("preprocessor_config.json");
    ImageTransform transform =
        known != Preprocessing.OWN
            ? known.transform(side)
            : Files.exists(openClip) && !Files.exists(huggingFace)
                ? ImageTransform.readOpenClip(openClip)
                : ImageTransform.read(huggingFace);
    if (!transform.crop().equals(PixelSize.square(side))) {
      throw new InputException(
          description.file().toString(),
          "preprocessing to %d x %d".formatted(transform.crop().width(), transform.crop().height()),
          "%d x %d, the size of the image encoder".formatted(side, side),
          "check that both belong to the same model");
    }
    return transform;
  }

  private static Path folder(OnnxDescription description) {
    return description.file().toAbsolutePath().resolveSibling("");
  }

  @Override
  public String engine() {
    return OnnxNetwork.engine();
  }

  @Override
  public synchronized ModelIdentity identity() {
    if (identity == null) {
      identity =
          new ModelIdentity(
              name,
              "%s in ONNX%s (%s)".formatted(description.family(), words(texts.graph()), engine()),
              ContentHash.ofNamed(weights()),
              ContentHash.ofNamed(configuration()),
              Optional.empty());
    }
    return identity;
  }

  private List<Path> weights() {
    List<Path> files = new ArrayList<>();
    for (OnnxGraph graph : List.of(images.graph(), texts.graph())) {
      files.add(graph.file());
      files.addAll(graph.externalFiles());
    }
    return files;
  }

  private List<Path> configuration() {
    Path tokenizerFolder = description.text().tokenizer();
    Stream<Path> beside =
        Stream.of(folder(description), tokenizerFolder)
            .distinct()
            .flatMap(folder -> Checkpoint.configurationFiles(folder).stream());
    return Stream.concat(Stream.of(description.file()), beside).toList();
  }

  @Override
  public Optional<Architecture> architecture() {
    try {
      return Optional.of(
          new Architecture(
              "ONNX (%s)".formatted(DescriptionFile.ONNX.name()),
              description.image().file().getFileName() + words(images.graph()),
              description.text().file().getFileName() + words(texts.graph()),
              images.graph().parameters() + texts.graph().parameters(),
              images.graph().bytes() + texts.graph().bytes(),
              List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the files of " + name, e);
    }
  }

  private static String words(OnnxGraph graph) {
    return graph.quantisation() == OnnxGraph.Quantisation.DYNAMIC ? ", dynamic int8" : "";
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public double logitScale() {
    return description.score().scale();
  }

  @Override
  public ScoreFunction score() {
    return description.score();
  }

  @Override
  public ImageTransform imageTransform() {
    return transform;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public PatchGrid patchGrid() {
    return description.image().grid();
  }

  @Override
  public int pooledPosition(int[] ids) {
    return texts.pooledPosition(ids);
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels) {
    return lifetime.whileOpen(() -> images.encode(pixels, dimension));
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
    return lifetime.whileOpen(() -> texts.encode(ids, pooled, null, dimension));
  }

  @Override
  public boolean hidesTokens() {
    return texts.hidesTokens();
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled, boolean[][] hidden) {
    if (!hidesTokens()) {
      return DualEncoder.super.encodeTexts(ids, pooled, hidden);
    }
    return lifetime.whileOpen(() -> texts.encode(ids, pooled, hidden, dimension));
  }

  @Override
  public void close() {
    lifetime.end();
  }
}
