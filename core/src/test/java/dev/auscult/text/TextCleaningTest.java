package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Python's html.unescape and ftfy 6.3.1 answer, case by case. */
class TextCleaningTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "&lt;5&nbsp;mm | <5 mm",
        "&amp;lt; | <",
        "&amp;amp;amp; | &",
        "a&ampb &notit; &notin; | a&b ¬it; ∉",
        "&#x2265;9 &#181;m &#128; | ≥9 µm €",
        "&EACUTE;TAT &eacute; &SZLIG; | ÉTAT é SS",
        "<b>&lt;</b> | <b><</b>",
        "&#0;a&#xD800;b&#1114112; | �a�b�",
        "x&#1;y&#xFFFE;z | xyz",
        "&#99999999999999; | �",
        "&unknown; & &; | &unknown; & &;",
        "patient’s ‚x‛ “y” ‟z | patient's 'x' \"y\" \"z",
        "ﬁbrosis ﬅ Ĳ ŉ ǅ | fibrosis ſt IJ 'n Dž",
        "Ｆ１　ﾊﾝｶｸ | F1 ハンカク",
        "e\u0301\u0085f\u200b | é…f\u200b",
        "a\u001b[31mred\u001b[0m \u0001\uFEFFx | ared x",
      })
  void repairsUnescapesAndCollapses(String text, String cleaned) {
    assertThat(TextCleaning.WHITESPACE.apply(MappedText.of(text)).text()).isEqualTo(cleaned);
  }

  @Test
  void lowersAndCanonicalizes() {
    MappedText text = MappedText.of("  No_Acute\n (focal)  FINDING. ");

    assertThat(TextCleaning.LOWER.apply(text).text()).isEqualTo("no_acute (focal) finding.");
    assertThat(TextCleaning.CANONICALIZE.apply(text).text()).isEqualTo("no acute focal finding");
  }

  @Test
  void leavesTextOfTheWrongEncodingAsItIs() {
    assertThat(TextCleaning.WHITESPACE.apply(MappedText.of("lungâ€™s")).text())
        .isEqualTo("lungâ€™s");
  }
}
