package dev.auscult.model;

import dev.auscult.model.QueryKeyValue.Apart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * One of the maps to queries, keys and values in the blocks of a dual encoder.
 *
 * @param branch which encoder
 * @param block from 0, the input's side
 * @param role what it makes
 */
public record AttentionSite(Branch branch, int block, Role role) {

  /** An encoder of a pair. */
  public enum Branch {
    /** That of images. */
    IMAGE,
    /** That of texts. */
    TEXT
  }

  /** What a map makes. */
  public enum Role {
    /** What asks. */
    QUERY,
    /** What is asked. */
    KEY,
    /** What is answered. */
    VALUE
  }

  /** In files and messages, e.g. {@code image.3.query}. */
  public String name() {
    return "%s.%d.%s"
        .formatted(
            branch.name().toLowerCase(Locale.ROOT), block, role.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Two towers with every such map replaced.
   *
   * @param towers transformers both
   * @param replacement of the map at a site
   * @throws IllegalArgumentException if a tower is no transformer of blocks
   */
  public static Towers replace(
      Towers towers, BiFunction<AttentionSite, Linear, ? extends Layer> replacement) {
    if (!(towers.image() instanceof VisionTransformer image)) {
      throw new IllegalArgumentException("an image encoder that is no vision transformer");
    }
    if (!(towers.text() instanceof TextTransformer text)) {
      throw new IllegalArgumentException("a text encoder that is no text transformer");
    }
    return new Towers(
        image.with(replace(image.blocks(), Branch.IMAGE, replacement)),
        text.with(replace(text.blocks(), Branch.TEXT, replacement)),
        towers.score());
  }

  /** All sites of two transformers, images first. */
  public static List<AttentionSite> of(Towers towers) {
    List<AttentionSite> sites = new ArrayList<>();
    replace(
        towers,
        (site, map) -> {
          sites.add(site);
          return map;
        });
    return List.copyOf(sites);
  }

  private static List<TransformerBlock> replace(
      List<TransformerBlock> blocks,
      Branch branch,
      BiFunction<AttentionSite, Linear, ? extends Layer> replacement) {
    return IntStream.range(0, blocks.size())
        .mapToObj(
            number ->
                blocks
                    .get(number)
                    .with(
                        replace(
                            blocks.get(number).attention().inputs(),
                            (role, map) ->
                                replacement.apply(new AttentionSite(branch, number, role), map))))
        .toList();
  }

  private static QueryKeyValue replace(
      QueryKeyValue maps, BiFunction<Role, Linear, ? extends Layer> replacement) {
    return new Apart(
        replacement.apply(Role.QUERY, affine(maps.query())),
        replacement.apply(Role.KEY, affine(maps.key())),
        replacement.apply(Role.VALUE, affine(maps.value())));
  }

  private static Linear affine(Layer map) {
    if (map instanceof Linear linear) {
      return linear;
    }
    throw new IllegalArgumentException("an attention map that was changed before");
  }
}
