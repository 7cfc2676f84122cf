package dev.auscult.model;

import dev.auscult.base.Seed;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.ShortenedTokenizer;
import dev.auscult.text.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two towers for inference, with the checkpoint's own preprocessing and vocabulary. */
public final class TowerEncoder implements DualEncoder {
  private final TowerVisionEncoder images;
  private final Towers towers;
  private final Tokenizer tokenizer;
  private final Parameters parameters;
  private final @Nullable LayeredTowers layered;

  /**
   * Takes ownership of the parameters.
   *
   * @param identity asked for when somebody wants to know; hashing large weights takes time
   * @param architecture what it is made of
   * @param towers over these parameters
   */
  public TowerEncoder(
      Supplier<ModelIdentity> identity,
      Architecture architecture,
      Towers towers,
      Parameters parameters,
      ImageTransform imageTransform,
      Tokenizer tokenizer) {
    this(identity, architecture, towers, parameters, imageTransform, tokenizer, null);
  }

  /**
   * The same with known layers.
   *
   * @param layered how to build the towers anew; null where that is not known
   */
  TowerEncoder(
      Supplier<ModelIdentity> identity,
      Architecture architecture,
      Towers towers,
      Parameters parameters,
      ImageTransform imageTransform,
      Tokenizer tokenizer,
      @Nullable LayeredTowers layered) {
    this.parameters = parameters;
    this.layered = layered;
    this.images =
        new TowerVisionEncoder(identity, architecture, towers.image(), parameters, imageTransform);
    this.towers = towers;
    this.tokenizer = tokenizer;
  }

  @Override
  public ModelIdentity identity() {
    return images.identity();
  }

  @Override
  public Optional<Architecture> architecture() {
    return images.architecture();
  }

  @Override
  public int dimension() {
    return images.dimension();
  }

  @Override
  public double logitScale() {
    return towers.score().scale();
  }

  @Override
  public ScoreFunction score() {
    return towers.score();
  }

  @Override
  public ImageTransform imageTransform() {
    return images.imageTransform();
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public PatchGrid patchGrid() {
    return images.patchGrid();
  }

  @Override
  public int pooledPosition(int[] ids) {
    return towers.text().pooledPosition(ids);
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels) {
    return images.encodeImages(pixels);
  }

  @Override
  public boolean dropsPatches() {
    return images.dropsPatches();
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels, int[][] kept) {
    return images.encodeImages(pixels, kept);
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
    return images.whileOpen(() -> new TextInference(towers.text()).encode(ids, pooled, null));
  }

  @Override
  public boolean hidesTokens() {
    return towers.text().hidesTokens();
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled, boolean[][] hidden) {
    if (!hidesTokens()) {
      return DualEncoder.super.encodeTexts(ids, pooled, hidden);
    }
    return images.whileOpen(() -> new TextInference(towers.text()).encode(ids, pooled, hidden));
  }

  @Override
  public Optional<Towers> towers() {
    return Optional.of(towers);
  }

  @Override
  public DualEncoder with(Towers changed, Parameters owned) {
    int context = changed.text().context();
    return new TowerEncoder(
        images::identity,
        images.architecture().orElseThrow(),
        changed,
        owned,
        images.imageTransform(),
        context < tokenizer.contextLength()
            ? new ShortenedTokenizer(tokenizer, context)
            : tokenizer);
  }

  @Override
  public List<String> layers() {
    return layered == null ? List.of() : layered.labels();
  }

  @Override
  public DualEncoder shuffled(int depth, Seed seed) {
    if (layered == null) {
      return DualEncoder.super.shuffled(depth, seed);
    }
    return images.whileOpen(() -> shuffled(layered, depth, seed));
  }

  private TowerEncoder shuffled(LayeredTowers known, int depth, Seed seed) {
    Parameters copy = parameters.shuffled(known.outermost(depth), seed);
    try {
      return new TowerEncoder(
          images::identity,
          images.architecture().orElseThrow(),
          known.build().apply(copy),
          copy,
          images.imageTransform(),
          tokenizer,
          known);
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  @Override
  public void close() {
    images.close();
  }
}
