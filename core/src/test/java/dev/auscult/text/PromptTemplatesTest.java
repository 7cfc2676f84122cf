package dev.auscult.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplatesTest {

  @Test
  void putsTheClassIntoTheGap() {
    assertThat(new PromptTemplate("an X-ray of {}.").fill("$1 \\ {}"))
        .isEqualTo("an X-ray of $1 \\ {}.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no gap", "{ }", "{label}", "{} and {}", "tab\t{}", "line\n{}"})
  void refusesWhatIsNoTemplate(String text) {
    assertThatThrownBy(() -> new PromptTemplate(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("dev.auscult.text.PromptTemplates#shippedNames")
  void shipsSetsThatAreWhatTheyAreCalled(String name) {
    PromptTemplates templates = PromptTemplates.shipped(name);
    assertThat(templates.name()).isEqualTo(name);
    assertThat(templates.prompts("melanoma"))
        .hasSameSizeAs(templates.templates())
        .allSatisfy(prompt -> assertThat(prompt).contains("melanoma").doesNotContain("{"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"radiology", "dermatology", "pathology"})
  void shipsAnEnsembleForEachSpeciality(String name) {
    assertThat(PromptTemplates.shipped(name).domain()).isEqualTo(name);
    assertThat(PromptTemplates.shipped(name).templates()).hasSizeBetween(5, 10);
  }

  @Test
  void listsTheShippedNamesForAnUnknownOne() {
    assertThatThrownBy(() -> PromptTemplates.shipped("../x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("radiology, dermatology, pathology");
  }

  @Test
  void readsOneTemplatePerLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("my.txt");
    Files.writeString(file, "\uFEFF# mine\r\n\r\n  a scan of {}  \r\n{}");
    PromptTemplates templates = PromptTemplates.load(file);
    assertThat(templates.prompts("x")).containsExactly("a scan of x", "x");
    assertThat(templates.name()).isEqualTo("my.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- a scan of {}\n- 'Findings: {}'\n",
        "templates: [\"a scan of {}\", 'Findings: {}']",
        "domain: x\ntemplates:\n- a scan of {}\n- |-\n  Findings: {}\n",
      })
  void readsYaml(String yaml, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.YAML");
    Files.writeString(file, yaml);
    assertThat(PromptTemplates.load(file).prompts("x"))
        .containsExactly("a scan of x", "Findings: x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t.txt | a {}~~b | line 3: found no {}",
        "t.txt | a {}~{} {} | line 2: found 2 times {}",
        "t.txt | a {}~b {}~a {} | line 3: found the template of line 1 again",
        "t.txt | # only a comment | line 1: found no template",
        "t.yaml | - a {}~- 7 | line 2: found something that is not a text",
        "t.yaml | - a {}~- {} | line 2: found something that is not a text",
        "t.yaml | - a {}~- b | line 2: found no {}",
        "t.yaml | - a {}~- \"x | line 2: found broken YAML",
        "t.yaml | templates: a {} | line 1: found no list",
        "t.yaml | colour: red | line 1: found \"colour\"",
        "t.yaml | name: x | line 1: found no template",
        "t.yaml | - a {}~---~- b {} | line 3: found a second document",
        "t.yaml | just text | line 1: found no list",
        "t.yaml | - &a a {}~- *a | line 2: found no {}",
      })
  void namesTheLineThatIsWrong(String name, String content, String found, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content.replace('~', '\n'));
    refused(file).hasMessageContaining(name + " " + found);
  }

  @Test
  void refusesHugeBinaryAndMissingFiles(@TempDir Path folder) throws IOException {
    Path huge = Files.writeString(folder.resolve("huge.txt"), "{}\n".repeat(500_000));
    refused(huge).hasMessageContaining("1,048,576 bytes");
    Path many = Files.writeString(folder.resolve("many.yaml"), manyTemplates());
    refused(many).hasMessageContaining("more than 1,000 templates");
    Path deep = Files.writeString(folder.resolve("deep.yaml"), "[".repeat(20_000));
    refused(deep).hasMessageContaining("deep.yaml line 1");
    Path binary = Files.write(folder.resolve("b.txt"), new byte[] {'{', '}', '\n', (byte) 0x80});
    refused(binary).hasMessageContaining("line 2: found bytes that are not UTF-8");
    refused(folder.resolve("none.txt")).hasMessageContaining("no such file");
    refused(folder).hasMessageContaining("not a regular file");
  }

  private static String manyTemplates() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1002; i++) {
      text.append("- ").append(i).append(" {}\n");
    }
    return text.toString();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path file) {
    return assertThatThrownBy(() -> PromptTemplates.load(file)).isInstanceOf(InputException.class);
  }
}
