// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.feature.FeatureHash;
import io.gcpo.advantage.server.diversity.steps.code.Token.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the names that a program chose (variables, parameters, its own functions) from those of the
 * libraries it uses. A name is kept where it is a member, a keyword argument or imported, and where
 * the text calls it or uses it as a type and does not define it. Linear. Confined to one thread.
 */
final class Names {
  private final List<Token> tokens;
  private final Brackets brackets;
  private final Dialect dialect;
  private final Map<String, Use> uses = new HashMap<>();
  private final boolean[] kept;
  private final boolean[] dropped;

  /** What a text does with a name. */
  private static final class Use {
    private boolean library;
    private boolean defined;
    private boolean builtin;
    private boolean variable;
    private String original = "";

    private boolean isKept() {
      return !defined && (library || (builtin && !variable));
    }
  }

  private Names(List<Token> tokens, Brackets brackets, Dialect dialect) {
    this.tokens = tokens;
    this.brackets = brackets;
    this.dialect = dialect;
    kept = new boolean[tokens.size()];
    dropped = new boolean[tokens.size()];
  }

  static Names of(List<Token> tokens, Brackets brackets, Dialect dialect) {
    Names names = new Names(tokens, brackets, dialect);
    Definitions definitions = new Definitions(tokens, brackets, dialect);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isName() && definitions.isDefinition(i)) {
        names.use(tokens.get(i)).defined = true;
      }
    }
    names.readImports();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).isName() && !names.kept[i]) {
        names.read(i);
      }
    }
    return names;
  }

  /** Whether a token is a name that another copy of the program may choose anew. */
  boolean isChosen(int index) {
    Token token = tokens.get(index);
    return token.isName() && !kept[index] && !use(token).isKept();
  }

  /** Whether a token says no more than how an import is called here. */
  boolean isDropped(int index) {
    return dropped[index];
  }

  /** A hash of what a token means that is not {@link #isChosen}. */
  long value(int index) {
    Token token = tokens.get(index);
    if (token.isName() && !kept[index] && !use(token).original.isEmpty()) {
      return FeatureHash.of(use(token).original);
    }
    return token.value();
  }

  private Use use(Token name) {
    return uses.computeIfAbsent(name.text(), unused -> new Use());
  }

  /** Everything an import names is kept; behind {@code as} is another name for the same. */
  private void readImports() {
    boolean importing = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.beginsStatement()) {
        importing = false;
      } else if (before(i).beginsStatement() || before(i).is("#")) {
        importing = isImport(token);
      }
      if (importing && before(i).is("include") && token.kind() == Kind.STRING) {
        importing = false;
      }
      if (importing && token.isName()) {
        if (before(i).is("as")) {
          use(token).original = tokens.get(i - 2).text();
          use(token).library = true;
          use(token).defined = false;
          dropped[i - 1] = true;
          dropped[i] = true;
        } else {
          use(token).library = true;
        }
        kept[i] = true;
      }
      importing &= !token.is(">");
    }
  }

  private boolean isImport(Token first) {
    return first.is("import")
        || (first.is("from") && dialect == Dialect.LAYOUT)
        || (dialect == Dialect.BRACES
            && (first.is("package") || first.is("use") || first.is("using")))
        || first.is("include");
  }

  private void read(int i) {
    Token before = before(i);
    Token after = after(i);
    if (isMember(before) || isLabel(i) || isKeywordArgument(i)) {
      kept[i] = true;
      return;
    }
    String name = tokens.get(i).text();
    Use use = use(tokens.get(i));
    use.library |= isUsedAsLibrary(i);
    use.library |= after.is(".") && Words.isModule(name, dialect);
    use.builtin |= Words.isLibrary(name, dialect);
    use.variable |= use.builtin && isUsedAsVariable(i);
  }

  private static boolean isMember(Token before) {
    return before.is(".") || before.is("->") || before.is("::") || before.is("?.");
  }

  /** The key in {@code {key: value}}; in Python it is an expression. */
  private boolean isLabel(int i) {
    int open = brackets.around(i);
    return dialect == Dialect.BRACES
        && after(i).is(":")
        && open >= 0
        && tokens.get(open).is("{")
        && (before(i).is("{") || before(i).is(","));
  }

  private boolean isKeywordArgument(int i) {
    int open = brackets.around(i);
    boolean candidate = dialect == Dialect.LAYOUT && after(i).is("=") && open > 0;
    if (!candidate || !tokens.get(open).is("(") || !(before(i).is("(") || before(i).is(","))) {
      return false;
    }
    Token callee = tokens.get(open - 1);
    boolean header = open > 1 && tokens.get(open - 2).is("def");
    return callee.endsOperand() && !header && !(callee.isName() && use(callee).defined);
  }

  private boolean isUsedAsLibrary(int i) {
    Token name = tokens.get(i);
    Token after = after(i);
    if (after.is("(") || after.is("::") || Words.looksLikeType(name.text())) {
      return true;
    }
    if (dialect == Dialect.BRACES && after.is("!") && i + 2 < tokens.size()) {
      return tokens.get(i + 2).opens();
    }
    boolean typeAfter =
        Words.isType(after.text()) || (after.isName() && Words.looksLikeType(after.text()));
    return after.isName() && !typeAfter;
  }

  /** Whether a name of the library is used as only a value can be that is no function or type. */
  private boolean isUsedAsVariable(int i) {
    if (dialect == Dialect.BRACES) {
      return after(i).is("[")
          && !Words.isType(tokens.get(Math.min(i + 2, tokens.size() - 1)).text());
    }
    Token before = before(i);
    Token after = after(i);
    boolean annotation = before.is(":") || before.is("->") || before.is("[");
    boolean onlyArgument =
        before.is("(") && after.is(")") && i > 1 && tokens.get(i - 2).endsOperand();
    boolean method =
        after.is(".")
            && i + 3 < tokens.size()
            && tokens.get(i + 3).is("(")
            && !tokens.get(i + 2).text().startsWith("from");
    return before.is("in")
        || (after.is("[") && !annotation)
        || onlyArgument
        || method
        || Precedence.isArithmetic(after)
        || Precedence.isArithmetic(before);
  }

  private Token before(int i) {
    return i == 0 ? Token.END : tokens.get(i - 1);
  }

  private Token after(int i) {
    return i + 1 == tokens.size() ? Token.END : tokens.get(i + 1);
  }
}
