package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UmlsExpressionTest {
  private static final List<String> IDS = List.of("C0000001", "C0000002", "C0000003", "C0000004");

  private static UmlsExpression parse(String text) {
    return UmlsExpression.parse(text, "prior.yaml, umls");
  }

  @Test
  void thePapersExpressionOfALobeNeedsASideOrTheLobesOwnIdentifier() {
    UmlsExpression lobe = parse("[(C0225758 OR C1282378) AND C0443246, C1261077]");

    assertThat(lobe.matches(Set.of("C0225758", "C0443246"))).isTrue();
    assertThat(lobe.matches(Set.of("C1282378", "C0443246", "C0000009"))).isTrue();
    assertThat(lobe.matches(Set.of("C1261077"))).isTrue();
    assertThat(lobe.matches(Set.of("C0225758", "C1282378"))).isFalse();
    assertThat(lobe.matches(Set.of("C0443246"))).isFalse();
    assertThat(lobe.cuis()).containsExactly("C0225758", "C0443246", "C1261077", "C1282378");
  }

  @Test
  void andBindsTighterThanOrAndACommaIsLoosest() {
    assertThat(parse("C0000001 OR C0000002 AND C0000003"))
        .isEqualTo(parse("C0000001 OR (C0000002 AND C0000003)"))
        .isNotEqualTo(parse("(C0000001 OR C0000002) AND C0000003"));
    assertThat(parse("C0000001, C0000002 or C0000003").matches(Set.of("C0000003"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "C0000001 AND                | found the end of",
        "C0000001 C0000002           | 'C0000002' at column 10",
        "(C0000001 OR C0000002       | expected AND, OR, a comma or ')'",
        "(C0000001]                  | ']' at column 10",
        "(C0000001)] AND C0000002    | ']' at column 11",
        "C000001                     | 'C000001' at column 1",
        "AND C0000001                | 'AND' at column 1",
        "C0000001 & C0000002         | '&' at column 10",
        "()                          | ')' at column 2",
        "``                          | found the end of",
      })
  void aBrokenExpressionIsRefusedWhereItBreaks(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("prior.yaml, umls: ")
        .hasMessageContaining(message);
  }

  @Test
  void bracketsWithoutEndAreRefusedBeforeTheStackOverflows() {
    assertThatThrownBy(() -> parse("(".repeat(100_000) + "C0000001"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at most 100 nested brackets");
  }

  @Property
  void whatIsWrittenMeansWhatWasRead(
      @ForAll("expressions") UmlsExpression expression, @ForAll("sets") Set<String> cuis) {
    UmlsExpression again = parse(expression.toString());

    assertThat(again.matches(cuis)).isEqualTo(expression.matches(cuis));
    assertThat(again.cuis()).isEqualTo(expression.cuis());
  }

  /** More annotations never undo a match: there is no NOT. */
  @Property
  void matchingIsMonotone(
      @ForAll("expressions") UmlsExpression expression,
      @ForAll("sets") Set<String> some,
      @ForAll("sets") Set<String> more) {
    Set<String> both = new TreeSet<>(some);
    both.addAll(more);

    assertThat(!expression.matches(some) || expression.matches(both)).isTrue();
  }

  @Provide
  Arbitrary<Set<String>> sets() {
    return Arbitraries.of(IDS).set();
  }

  @Provide
  Arbitrary<UmlsExpression> expressions() {
    Arbitrary<UmlsExpression> leaf = Arbitraries.of(IDS).map(UmlsExpression.Cui::new);
    Arbitrary<UmlsExpression> inner = nested(leaf);
    return Arbitraries.oneOf(leaf, inner, nested(inner));
  }

  private static Arbitrary<UmlsExpression> nested(Arbitrary<UmlsExpression> part) {
    Arbitrary<List<UmlsExpression>> parts = part.list().ofMinSize(2).ofMaxSize(3);
    return Arbitraries.oneOf(parts.map(UmlsExpression.And::new), parts.map(UmlsExpression.Or::new));
  }
}
