package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MappedTextTest {
  @Test
  void everyUnitKnowsWhatItStandsFor() {
    MappedText text =
        MappedText.of("a&amp;🫁b").replaceAll(Pattern.compile("&amp;"), "and").prepend("▁");

    assertThat(text.text()).isEqualTo("▁aand🫁b");
    assertThat(starts(text)).containsExactly(0, 0, 1, 1, 1, 6, 6, 8);
    assertThat(ends(text)).containsExactly(0, 1, 6, 6, 6, 8, 8, 9);
    assertThat(starts(text.substring(5, 8))).containsExactly(6, 6, 8);
  }

  @Test
  void keepsOffsetsThroughLettersThatBecomeTwo() {
    MappedText text = MappedText.of("xİΣ").toLowerCase();

    assertThat(text.text()).isEqualTo("xi\u0307ς");
    assertThat(starts(text)).containsExactly(0, 1, 1, 2);
  }

  @Test
  void mapsWhatComposesAsOneAndTheRestAsItWas() {
    MappedText text = MappedText.of("ae\u0301b\u1100\u1161c").compose();

    assertThat(text.text()).isEqualTo("aéb가c");
    assertThat(starts(text)).containsExactly(0, 1, 3, 4, 6);
    assertThat(ends(text)).containsExactly(1, 3, 4, 6, 7);
  }

  @Property(tries = 1000)
  void composesAndLowersLikeTheWholeText(@ForAll("texts") String source) {
    MappedText text = MappedText.of(source);

    assertThat(text.compose().text()).isEqualTo(Normalizer.normalize(text.text(), Form.NFC));
    assertThat(text.toLowerCase().text()).isEqualTo(text.text().toLowerCase(Locale.ROOT));
  }

  @Property(tries = 1000)
  void rangesNeverRunBackwards(@ForAll("texts") String source) {
    for (TextCleaning cleaning : TextCleaning.values()) {
      MappedText text = cleaning.apply(MappedText.of(source));
      int previous = 0;
      for (int i = 0; i < text.length(); i++) {
        assertThat(text.start(i)).isBetween(previous, text.end(i));
        assertThat(text.end(i)).isLessThanOrEqualTo(source.length());
        previous = text.start(i);
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.strings().withCharRange('\u0000', '\u0400').ofMaxLength(60),
        Arbitraries.of(
                "e",
                "\u0301",
                "\u0323",
                "\u1100",
                "\u1161",
                "\u11a8",
                "가",
                "&lt;",
                "&amp;",
                "<",
                "İ",
                "Σ",
                "ﬁ",
                "“",
                "\n",
                "\r\n",
                "\u2028",
                "\u001b[1m",
                "ａ",
                "\ud83d",
                "🫁",
                " ")
            .list()
            .ofMaxSize(40)
            .map(parts -> String.join("", parts)));
  }

  private static int[] starts(MappedText text) {
    return IntStream.range(0, text.length()).map(text::start).toArray();
  }

  private static int[] ends(MappedText text) {
    return IntStream.range(0, text.length()).map(text::end).toArray();
  }
}
