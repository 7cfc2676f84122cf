package dev.auscult.text;

import java.util.Locale;
import java.util.regex.Pattern;

/** What open_clip does to a text before its tokenizer sees it; {@code clean} in configurations. */
enum TextCleaning {
  /** Repaired, references of HTML resolved, white space collapsed. */
  WHITESPACE {
    @Override
    MappedText apply(MappedText text) {
      return PythonText.collapse(basic(text));
    }
  },
  /** The same in lower case. */
  LOWER {
    @Override
    MappedText apply(MappedText text) {
      return WHITESPACE.apply(text).toLowerCase();
    }
  },
  /** Without ASCII punctuation, underscores becoming spaces, in lower case (SigLIP). */
  CANONICALIZE {
    @Override
    MappedText apply(MappedText text) {
      MappedText words = basic(text).replaceAll(UNDERSCORE, " ");
      return PythonText.collapse(words.replaceAll(PythonText.PUNCTUATION, "").toLowerCase());
    }
  };

  private static final Pattern UNDERSCORE = Pattern.compile("_");

  abstract MappedText apply(MappedText text);

  /** The word of configurations. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code basic_clean}. */
  private static MappedText basic(MappedText text) {
    MappedText repaired = TextRepair.repair(text);
    return PythonText.strip(HtmlEntities.unescape(HtmlEntities.unescape(repaired)));
  }
}
