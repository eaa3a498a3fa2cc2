// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodeStepsTest {
  private static final String JAVA =
      """
      public static int fib(int n) {
        if (n < 2) {
          return n;
        }
        return fib(n - 1) + fib(n - 2);
      }
      """;

  private static final String C =
      """
      #include <stdlib.h>
      void order(int *xs, size_t n) {
        for (size_t i = 0; i < n; i++)
          for (size_t j = i + 1; j < n; j++)
            if (xs[j] < xs[i]) { int t = xs[i]; xs[i] = xs[j]; xs[j] = t; }
      }
      """;

  private static final String JAVASCRIPT =
      """
      function total(items) {
        let sum = 0;
        for (const item of items) {
          sum += item.price * 2;
        }
        return `${sum} in all`;
      }
      """;

  private static final String GO =
      """
      func count(words []string) map[string]int {
      \tseen := make(map[string]int)
      \tfor _, word := range words {
      \t\tseen[strings.ToLower(word)]++
      \t}
      \treturn seen
      }
      """;

  @Test
  void collect_renamedAndReformattedJava_equal() {
    assertEqual(
        JAVA,
        """
        /** Doesn't matter. */
        public static int f(int number)
        {
            if (number < 2) { return (number); } // a leaf; {
            return f((number) - 1)
                + f(number - 2);
        }
        """);
    assertEqual(
        "List<String> xs = new ArrayList<>(); for (String x : xs) { out.add(x.trim()); }",
        "List<String> a = new ArrayList<>();\nfor (String b : a) {\n  c.add((b).trim());\n}\n");
  }

  @Test
  void collect_renamedAndReformattedC_equal() {
    assertEqual(
        C,
        """
        #include <stdlib.h>
        /* exchange sort */
        void s(int *a, size_t len)
        {
          for (size_t p = 0; p < len; p++)
            for (size_t q = (p + 1); q < len; q++)
              if (a[q] < a[p]) {
                int swap = a[p];
                a[p] = a[q];   // swap
                a[q] = swap;
              }
        }
        """);
  }

  @Test
  void collect_renamedAndReformattedJavaScript_equal() {
    assertEqual(
        JAVASCRIPT,
        """
        function f(list) {
            let all = 0 // no semicolons
            for (const one of list) {
                all += (one.price * 2)
            }
            return `${all} in all`
        }
        """);
  }

  @Test
  void collect_renamedAndReformattedGo_equal() {
    assertEqual(
        GO,
        """
        func tally(list []string) map[string]int {
            number := make(map[string]int) // by word
            for _, w := range list { number[strings.ToLower(w)]++ }
            return number
        }
        """);
  }

  @Test
  void collect_anotherAlgorithm_below() {
    assertThat(
            CodeBags.similarity(
                JAVA,
                """
                public static int fib(int n) {
                  int a = 0;
                  int b = 1;
                  for (int i = 0; i < n; i++) {
                    int c = a + b;
                    a = b;
                    b = c;
                  }
                  return a;
                }
                """))
        .isLessThan(0.6);
    assertThat(
            CodeBags.similarity(
                C,
                """
                void order(int *xs, size_t n) {
                  size_t counts[256] = {0};
                  for (size_t i = 0; i < n; i++) counts[xs[i]]++;
                  size_t at = 0;
                  for (int v = 0; v < 256; v++)
                    while (counts[v]-- > 0) xs[at++] = v;
                }
                """))
        .isLessThan(0.6);
    assertThat(
            CodeBags.similarity(
                JAVASCRIPT,
                "function total(items) { return items.map(x => x.price * 2).reduce((a, b) => a + b);}"))
        .isLessThan(0.6);
    assertThat(
            CodeBags.similarity("s = 0\nfor x in xs:\n    s += x\nreturn s\n", "return sum(xs)\n"))
        .isLessThan(0.6);
  }

  @Test
  void collect_smallEdit_belowOneButNear() {
    String constant = CodeStepsTest.C.replace("i + 1", "i + 2");
    assertThat(CodeBags.similarity(C, constant)).isBetween(0.6, 0.999);
    assertThat(CodeBags.similarity(JAVA, JAVA.replace("n < 2", "n <= 2"))).isBetween(0.6, 0.999);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "x = 1e3 | y = 1000.0",
        "x = 0xff + 1_000 | y = 255 + 1000",
        "x = 'a' \"b\" | y = \"ab\"",
        "x = r'\\d' | y = '\\\\d'",
        "return (a + b) | return c + d",
        "x = (a * b) + c | x = a * b + c",
        "(a, b) = (b, a) | c, d = d, c",
        "return f'{a} {b:>3}' | return f\"{x} {y:>3}\"",
        "return sorted(xs, key=lambda t: t[1], reverse=True) | return sorted(a,key=lambda b:b[1],reverse=True,)",
        "return [x for x in xs if (x > 0)] | return [a for a in b if a > 0]",
        "print (x) | print(y)",
        "assert(x) | assert y",
      })
  void collect_sameMeaning_equal(String left, String right) {
    assertEqual(left, right);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "x = (a + b) * c | x = a + b * c",
        "x = a - (b - c) | x = a - b - c",
        "return (a,) | return (a)",
        "x = 1 | x = 1.0",
        "x = 'a' | x = b'a'",
        "return max(a) | return min(a)",
        "return x.upper() | return x.lower()",
        "f(key=x) | f(other=x)",
        "return a + b * a | return a + b * b",
        "x = not (a and b) | x = not a and b",
      })
  void collect_otherMeaning_different(String left, String right) {
    assertThat(CodeBags.of(left)).as("%s and %s", left, right).isNotEqualTo(CodeBags.of(right));
  }

  @Test
  void collect_importedUnderAnotherName_equal() {
    assertEqual("import math as m\nreturn m.sqrt(x)\n", "import math\nreturn math.sqrt(y)\n");
  }

  @Test
  void collect_elif_equalsElseIf() {
    assertEqual(
        "if a: return 1\nelif b: return 2\nelse: return 3\n",
        "if x:\n  return 1\nelse:\n  if y:\n    return 2\n  else:\n    return 3\n");
  }

  @Test
  void collect_bodyWithoutItsFirstSpaces_equal() {
    String body = "    for x in xs:\n        print(x)\n    return 1\n";
    assertEqual(body, body.strip());
  }

  @ParameterizedTest
  @CsvSource({"The cat sat on the mat.", "# only a comment", "'''a docstring'''", "x", "?"})
  void collect_anythingButBlank_notEmpty(String text) {
    assertThat(CodeBags.of(text).total()).isPositive();
  }

  private static void assertEqual(String left, String right) {
    assertThat(CodeBags.of(right)).as("%s and %s", left, right).isEqualTo(CodeBags.of(left));
  }
}
