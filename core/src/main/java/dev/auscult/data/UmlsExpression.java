package dev.auscult.data;

import dev.auscult.base.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition on a set of concept unique identifiers (CUIs) of the Unified Medical Language System,
 * as the SCALE paper defines its locations: {@code (C0225758 OR C1282378) AND C0443246}. {@code
 * AND} binds tighter than {@code OR}; a comma is the loosest {@code OR}; square brackets are
 * parentheses.
 */
public sealed interface UmlsExpression {

  /** Whether the condition holds for what a finding is annotated with. */
  boolean matches(Set<String> cuis);

  /** Every CUI that the condition names, in alphabetical order. */
  Set<String> cuis();

  /**
   * A single identifier.
   *
   * @param id {@code C} and seven digits
   */
  record Cui(String id) implements UmlsExpression {
    private static final Pattern FORM = Pattern.compile("C\\d{7}");

    /** Checks the form. */
    public Cui {
      if (!FORM.matcher(id).matches()) {
        throw new IllegalArgumentException("no CUI: " + id);
      }
    }

    /** Whether a text has the form of a CUI. */
    static boolean is(String text) {
      return FORM.matcher(text).matches();
    }

    @Override
    public boolean matches(Set<String> cuis) {
      return cuis.contains(id);
    }

    @Override
    public Set<String> cuis() {
      return Set.of(id);
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * Holds where all parts do.
   *
   * @param parts at least two
   */
  record And(List<UmlsExpression> parts) implements UmlsExpression {
    /** Copies the list. */
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean matches(Set<String> cuis) {
      return parts.stream().allMatch(part -> part.matches(cuis));
    }

    @Override
    public Set<String> cuis() {
      return union(parts);
    }

    @Override
    public String toString() {
      return parts.stream()
          .map(part -> part instanceof Or ? "(" + part + ")" : part.toString())
          .collect(Collectors.joining(" AND "));
    }
  }

  /**
   * Holds where any part does.
   *
   * @param parts at least two
   */
  record Or(List<UmlsExpression> parts) implements UmlsExpression {
    /** Copies the list. */
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean matches(Set<String> cuis) {
      return parts.stream().anyMatch(part -> part.matches(cuis));
    }

    @Override
    public Set<String> cuis() {
      return union(parts);
    }

    @Override
    public String toString() {
      return parts.stream().map(Object::toString).collect(Collectors.joining(" OR "));
    }
  }

  private static Set<String> union(List<UmlsExpression> parts) {
    Set<String> all = new TreeSet<>();
    parts.forEach(part -> all.addAll(part.cuis()));
    return all;
  }

  /**
   * Parses an expression.
   *
   * @param where what messages name: the file and the key
   * @throws InputException naming the position of what does not fit
   */
  static UmlsExpression parse(String text, String where) {
    return new Parser(text, where).parse();
  }

  /**
   * Recursive descent over {@code list := or (',' or)*; or := and (OR and)*; and := atom (AND
   * atom)*}.
   */
  final class Parser {
    private static final Pattern TOKEN = Pattern.compile("\\s*([()\\[\\],]|[A-Za-z0-9]+|\\S)");
    private static final int DEEPEST = 100;
    private static final int SHOWN = 120;

    private final String text;
    private final String where;
    private final Matcher matcher;
    private String token = "";
    private int depth;

    private Parser(String text, String where) {
      this.text = text;
      this.where = where;
      this.matcher = TOKEN.matcher(text);
      advance();
    }

    private UmlsExpression parse() {
      UmlsExpression expression = list();
      if (!token.isEmpty()) {
        throw unexpected("AND, OR, a comma or the end");
      }
      return expression;
    }

    private UmlsExpression list() {
      List<UmlsExpression> parts = new ArrayList<>(List.of(or()));
      while (token.equals(",")) {
        advance();
        parts.add(or());
      }
      return anyOf(parts);
    }

    private UmlsExpression or() {
      List<UmlsExpression> parts = new ArrayList<>(List.of(and()));
      while (token.equalsIgnoreCase("OR")) {
        advance();
        parts.add(and());
      }
      return anyOf(parts);
    }

    private UmlsExpression and() {
      List<UmlsExpression> parts = new ArrayList<>(List.of(atom()));
      while (token.equalsIgnoreCase("AND")) {
        advance();
        parts.add(atom());
      }
      return parts.size() == 1 ? parts.get(0) : new And(parts);
    }

    private UmlsExpression atom() {
      String first = token;
      if (first.equals("(") || first.equals("[")) {
        return group(first.equals("(") ? ")" : "]");
      }
      if (!Cui.is(first)) {
        throw unexpected("a CUI (C and seven digits) or an opening bracket");
      }
      advance();
      return new Cui(first);
    }

    private UmlsExpression group(String closing) {
      if (++depth > DEEPEST) {
        throw unexpected("at most " + DEEPEST + " nested brackets");
      }
      advance();
      UmlsExpression inner = list();
      if (!token.equals(closing)) {
        throw unexpected("AND, OR, a comma or '" + closing + "'");
      }
      depth--;
      advance();
      return inner;
    }

    private static UmlsExpression anyOf(List<UmlsExpression> parts) {
      return parts.size() == 1 ? parts.get(0) : new Or(parts);
    }

    private void advance() {
      token = matcher.find() ? matcher.group(1) : "";
    }

    private InputException unexpected(String expected) {
      String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
      String found =
          token.isEmpty()
              ? "the end of \"" + shown + "\""
              : "'%s' at column %d of \"%s\"".formatted(token, matcher.start(1) + 1, shown);
      return new InputException(where, found, expected, "correct the expression");
    }
  }
}
