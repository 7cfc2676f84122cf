package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearRegexTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\s+",
        "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
        "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t)|[^\\r\\n]x+?",
      })
  void acceptsThePatternsOfPublicTokenizers(String regex) {
    assertThat(LinearRegex.accepts(regex)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+b",
        "(a|aa)*b",
        "a*a*b",
        "(?:a|b+)c+",
        "x+(?:a|b)y+",
        "(a)\\1",
        "\\k<n>",
        "a{1,9}",
        "a?a?a?a?aaaa",
        "(?~ab)",
        "a++b+",
        "(?:(a+))+",
        "((a))*",
      })
  void refusesPatternsThatBacktrack(String regex) {
    assertThat(LinearRegex.accepts(regex)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a|", "|a", "a*", "a?", "a*?", "a??", "^", "$", "(?=a)", "(?!a)", "(?:)", "(?:a|)",
        "()", "\\b", "^a?$",
      })
  void refusesPatternsThatMatchNothing(String regex) {
    assertThat(LinearRegex.accepts(regex)).isFalse();
  }
}
