package dev.auscult.overlay;

import dev.auscult.data.ImageSource;
import dev.auscult.image.lettering.TextMark;
import dev.auscult.overlay.OverlaidImage.Version;
import dev.auscult.overlay.OverlayCases.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A version of every image under the basic condition, by what is burned in.
 *
 * @param name in reports
 * @param settings texts, classes, seed
 * @param kind the text; empty for the untouched image
 * @param blank whether only the text's rectangle is there
 */
public record OverlayVersion(
    String name, OverlaySettings settings, Optional<TextKind> kind, boolean blank) {

  /** The untouched image, the first kind's rectangle, and every kind of text. */
  public static List<OverlayVersion> basic(OverlaySettings settings) {
    List<TextKind> kinds = settings.design().kinds();
    List<OverlayVersion> versions = new ArrayList<>();
    versions.add(new OverlayVersion("nothing", settings, Optional.empty(), false));
    versions.add(new OverlayVersion("blank rectangle", settings, Optional.of(kinds.get(0)), true));
    for (TextKind kind : kinds) {
      versions.add(new OverlayVersion(kind.term() + " text", settings, Optional.of(kind), false));
    }
    return versions;
  }

  /** Whether it tells what a class's name in the image does: with one, or without any text. */
  public boolean aboutLabels() {
    return blank || kind.isEmpty() || kind.get().namesClass();
  }

  /** The version of a sample's image. */
  public ImageSource image(Case one) {
    if (kind.isEmpty()) {
      return one.sample().image();
    }
    Condition basic = settings.design().basic();
    String text = OverlayTexts.of(settings, one).text(kind.get(), basic);
    TextMark mark = settings.design().mark(text, basic);
    return new OverlaidImage(
        new RecentImage(one.sample().image()), mark, blank ? Version.BLANK : Version.WORDS);
  }

  /** What a model made of it. */
  public Reading of(OverlaidSample sample) {
    if (kind.isEmpty()) {
      return sample.original();
    }
    Trial trial = sample.trials().get(settings.design().kinds().indexOf(kind.get()));
    return blank ? trial.blank() : trial.words();
  }
}
