package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenClipTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | LOWER",
        "{'hf_tokenizer_name': ''} | LOWER",
        "{'hf_tokenizer_name': 'org/bert'} | WHITESPACE",
        "{'hf_tokenizer_name': 'org/t5', 'tokenizer_kwargs': {'clean': 'canonicalize'}} | CANONICALIZE",
        "{'tokenizer_kwargs': {'strip_sep_token': false, 'clean': null}} | LOWER",
      })
  void cleansAsOpenClipWould(String text, TextCleaning cleaning) {
    assertThat(read(text).cleaning()).isEqualTo(cleaning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'tokenizer_mode': 'clips'} | tokenizer_mode",
        "{'tokenizer_kwargs': {'strip_sep_token': true}} | strip_sep_token",
        "{'tokenizer_kwargs': {'reduction_mask': 'simple'}} | reduction_mask",
        "{'tokenizer_kwargs': {'clean': 'heavy'}} | whitespace, lower, canonicalize",
      })
  void refusesWhatWouldChangeTheIds(String text, String found) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("open_clip_config.json")
        .hasMessageContaining(found);
  }

  private static OpenClipText read(String text) {
    String json = "{\"model_cfg\": {\"text_cfg\": %s}}".formatted(text.replace('\'', '"'));
    return OpenClipText.read(
        new BoundedFile("open_clip_config.json", json.getBytes(StandardCharsets.UTF_8)));
  }
}
