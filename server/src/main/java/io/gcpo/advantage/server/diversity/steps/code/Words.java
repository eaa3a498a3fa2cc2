// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import java.util.Set;

/** The words that a program does not choose itself. */
final class Words {
  private static final Set<String> LAYOUT_KEYWORDS =
      words(
          """
          False None True and as assert async await break class continue def del elif else except
          finally for from global if import in is lambda nonlocal not or pass raise return try while
          with yield
          """);

  private static final Set<String> BRACES_KEYWORDS =
      words(
          """
          abstract as async await break case catch class const constexpr continue default defer
          delete do else enum export extends extern false final finally for foreach function goto
          if implements import impl inline instanceof interface let namespace new nil null nullptr
          operator package private protected pub public register return static struct super switch
          synchronized template this throw throws true try typedef typename typeof undefined union
          unsafe use using var virtual volatile where while yield sizeof
          """);

  private static final Set<String> TYPES =
      words(
          """
          bool boolean byte char double error float float32 float64 f32 f64 i8 i16 i32 i64 int int8
          int16 int32 int64 isize long rune short signed size_t ssize_t u8 u16 u32 u64 uint uint8
          uint16 uint32 uint64 unsigned usize void auto
          """);

  /** Keywords that stand for a value, or are called. */
  private static final Set<String> VALUES =
      words("False None True false nil null nullptr super this true undefined");

  private static final Set<String> LAYOUT_LIBRARY =
      words(
          """
          abs all any ascii bin bool bytearray bytes callable chr complex dict divmod enumerate
          filter float format frozenset getattr hasattr hash hex int isinstance issubclass iter len
          list map max min next object oct ord pow print range repr reversed round set setattr
          slice sorted str sum super tuple type zip
          """);

  private static final Set<String> LAYOUT_MODULES =
      words(
          """
          bisect cmath collections copy datetime functools hashlib heapq itertools json math
          numpy np operator os random re statistics sys
          """);

  private static final Set<String> BRACES_LIBRARY =
      words(
          """
          EOF INT_MAX INT_MIN LLONG_MAX LONG_MAX NULL NaN Infinity append assert bufio bytes cap
          console cout cin deque document endl errors fmt io isize iota len list make map math
          multiset os pair priority_queue queue set sort stack std str strconv string strings time
          tuple unicode unordered_map unordered_set vector window
          """);

  /** The words behind which a program defines a name. */
  private static final Set<String> DEFINERS =
      words(
          """
          class const def enum fn for func function global interface lambda let mut nonlocal record
          struct trait type var
          """);

  private Words() {}

  private static Set<String> words(String words) {
    return Set.of(words.strip().split("\\s+"));
  }

  static boolean isKeyword(String word, Dialect dialect) {
    return switch (dialect) {
      case LAYOUT -> LAYOUT_KEYWORDS.contains(word);
      case BRACES -> BRACES_KEYWORDS.contains(word) || TYPES.contains(word);
      case UNKNOWN -> false;
    };
  }

  static boolean isType(String word) {
    return TYPES.contains(word);
  }

  static boolean isValue(String word) {
    return VALUES.contains(word);
  }

  /** Whether a name that the text does not define is a function or type of the language. */
  static boolean isLibrary(String name, Dialect dialect) {
    return (dialect == Dialect.LAYOUT ? LAYOUT_LIBRARY : BRACES_LIBRARY).contains(name);
  }

  /** Whether a name that the text does not define and takes a member of is a module. */
  static boolean isModule(String name, Dialect dialect) {
    return dialect == Dialect.LAYOUT && LAYOUT_MODULES.contains(name);
  }

  static boolean isDefiner(String word) {
    return DEFINERS.contains(word);
  }

  /** Whether a name is written as a type is: an upper case letter first, a lower case one later. */
  static boolean looksLikeType(String name) {
    if (!Character.isUpperCase(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      if (Character.isLowerCase(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
