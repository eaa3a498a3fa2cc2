// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgramMutatorTest {
  private static final String PROMPT =
      """
      from typing import List


      def helper(x):
          return x


      def task(numbers: List[int], *, limit: int = 3) -> int:
          \"\"\" Sum up. \"\"\"
      """;
  private static final String BODY =
      """
          # sums up
          total, index = 0, 0
          for i, (a, b) in enumerate(zip(numbers, numbers[1:])):
              if a != b and a < limit:  # small
                  total += len(str(a))*-b

          names = sorted(numbers, key=lambda n: n.total, reverse=True)
          table = {
              "total": total,
              'x': [k for k in names if k],
          }
          print(f"{index} of", "i = total")
          return total if helper(names) else table["total"]
      """;

  @Test
  void rename_changesVariablesAlone() {
    String renamed = mutator(1).rename(BODY);
    String assignment = renamed.lines().toList().get(1);
    String total = assignment.substring(4, assignment.indexOf(','));
    assertThat(assignment).as("index is in a formatted string").endsWith(", index = 0, 0");
    assertThat(total).isNotEqualTo("total");
    assertThat(renamed)
        .contains("# sums up\n", "# small\n", "n.total", "\"total\": " + total, "\"i = total\"")
        .contains("enumerate(zip(", "len(str(", "sorted(", "key=lambda n:", "reverse=True")
        .contains("return " + total + " if helper(")
        .doesNotContain("numbers", "limit", "names", "table");
    assertThat(renamed.lines().count()).isEqualTo(BODY.lines().count());
  }

  @Test
  void rename_takesNamesThatAreFree() {
    for (int seed = 0; seed < 50; seed++) {
      String body = "    value = numbers\n    item = value\n    return left(value, item)\n";
      List<String> words = List.of(mutator(seed).rename(body).split("[^a-z0-9]+"));
      assertThat(words).as("seed %s", seed).doesNotContain("value", "item", "numbers");
      assertThat(words.subList(1, 5)).as("seed %s", seed).doesNotContain("left");
      assertThat(words.get(1)).as("seed %s", seed).isEqualTo(words.get(4));
      assertThat(words.get(1)).as("seed %s", seed).isNotEqualTo(words.get(3));
    }
  }

  @Test
  void rename_calledNameOrArgument_stays() {
    String body =
        "    f = lambda v: v\n    key = f(numbers)\n    global z\n    z = max(numbers, key=f)\n";
    assertThat(mutator(3).rename(body)).contains("f = lambda", "key = f(", "    z = max(", "key=f");
  }

  @Test
  void reformat_keepsTokensAndBlocks() {
    List<String> tokens = tokens(BODY);
    for (int seed = 0; seed < 50; seed++) {
      String reformatted = mutator(seed).reformat(BODY);
      assertThat(tokens(reformatted)).as("seed %s", seed).isEqualTo(tokens);
      assertThat(reformatted)
          .as("seed %s", seed)
          .doesNotContain("# sums up", "# small")
          .contains("\"i = total\"");
      assertThat(reformatted.lines().filter(line -> !line.isBlank()).findFirst().orElseThrow())
          .as("seed %s", seed)
          .matches(" {2,3}\\S.*");
    }
  }

  @Test
  void reformat_variesLayout() {
    assertThat(IntStream.range(0, 50).mapToObj(seed -> mutator(seed).reformat(BODY)).distinct())
        .hasSizeGreaterThan(40);
  }

  @Test
  void reformat_ofSeveralLines_staysOneStatement() {
    String body = "    text = '''a\n  # b\n'''\n    return text + \\\n        (1 +\n  2)\n";
    String reformatted = mutator(4).reformat(body);
    assertThat(reformatted).contains("'''a\n  # b\n'''");
    assertThat(tokens(reformatted)).isEqualTo(tokens(body)).hasSize(2);
  }

  @Test
  void copies_haveTheFormOfTheProgram() {
    // Without a prompt, as the parameters of that keep their names in it.
    ProgramForm form = ProgramForm.of("", BODY);
    for (int seed = 0; seed < 50; seed++) {
      ProgramMutator mutator = new ProgramMutator("", new Random(seed));
      String copy = mutator.reformat(mutator.rename(BODY));
      assertThat(ProgramForm.of("", copy)).as("seed %s", seed).isEqualTo(form);
    }
  }

  private static ProgramMutator mutator(int seed) {
    return new ProgramMutator(PROMPT, new Random(seed));
  }

  private static List<String> tokens(String program) {
    return PythonLexer.lines(program).stream()
        .map(line -> line.level() + " " + line.tokens().stream().map(PythonToken::text).toList())
        .toList();
  }
}
