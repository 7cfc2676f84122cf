package dev.auscult.data.phantom;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How often phantoms show each finding, and how many at once. */
public enum FindingMix {
  /** Each run of thirteen images shows each finding once, the normal radiograph included. */
  UNIFORM("uniform"),
  /**
   * Each run of 882 images shows each combination as often as the SCALE paper counts it in
   * PadChest-GR, one per image and none normal.
   */
  PADCHEST_GR("padchest-gr"),
  /**
   * Each run of 748 images shows each combination as often as the SCALE paper counts it in
   * PadChest-GR: as many images as the paper has, one or two findings each, those of two classes.
   */
  PADCHEST_GR_MULTIPLE("padchest-gr-multiple");

  private static final int IMAGES_IN_PAPER = 748;

  private final String term;

  FindingMix(String term) {
    this.term = term;
  }

  /** The word for it in options. */
  public String term() {
    return term;
  }

  /** Whether an image may show two findings. */
  public boolean several() {
    return this == PADCHEST_GR_MULTIPLE;
  }

  /** What the phantom at an index shows, at least one finding; depends on seed and index alone. */
  List<Finding> findingsOf(Seed seed, int index) {
    return switch (this) {
      case UNIFORM -> List.of(dealt(seed.derive("findings"), index, List.of(Finding.values())));
      case PADCHEST_GR -> List.of(dealt(seed.derive("padchest-gr"), index, cases()));
      case PADCHEST_GR_MULTIPLE -> {
        Seed run = seed.derive("padchest-gr-multiple").derive(index / IMAGES_IN_PAPER);
        yield run(run).get(index % IMAGES_IN_PAPER);
      }
    };
  }

  private static Finding dealt(Seed seed, int index, List<Finding> deck) {
    Draw draw = new Draw(seed.derive(index / deck.size()));
    return deck.get(draw.permutation(deck.size())[index % deck.size()]);
  }

  private static List<Finding> cases() {
    return Arrays.stream(Finding.values())
        .flatMap(finding -> Collections.nCopies(finding.cases(), finding).stream())
        .toList();
  }

  /** One finding per image first; each of the rest joins one of another class. */
  private static List<List<Finding>> run(Seed seed) {
    List<Finding> cases = cases();
    Draw draw = new Draw(seed);
    int[] order = draw.permutation(cases.size());
    List<List<Finding>> images = new ArrayList<>();
    for (int i = 0; i < IMAGES_IN_PAPER; i++) {
      images.add(List.of(cases.get(order[i])));
    }
    for (int i = IMAGES_IN_PAPER; i < order.length; i++) {
      Finding second = cases.get(order[i]);
      int image = draw.below(IMAGES_IN_PAPER);
      while (!canJoin(images.get(image), second)) {
        image = (image + 1) % IMAGES_IN_PAPER;
      }
      images.set(image, List.of(images.get(image).get(0), second));
    }
    return images;
  }

  private static boolean canJoin(List<Finding> shown, Finding second) {
    return shown.size() == 1 && shown.get(0).findingClass() != second.findingClass();
  }
}
