// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalEquationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2+3=5 | 3+2=5",
        "2*3=6 | 3*2=6.0",
        "1+2+3=6 | 3+(2+1)=6",
        "2*3*4=24 | 4*(3*2)=24",
        "9-2+1=8 | 9+1-2=8",
        "2/3*9=6 | 9*2/3=6",
        ".25*4=1 | 0.250*4=1.00",
        "16=16 | 16.=16.0",
        "20,000/2=10,000 | 20000/2=10000",
        "50000*5%=2500 | 50000*(5/100)=2500",
        "2 + 3 = 5 | 2+3=5",
        "5+(-3)=2 | 5-3=2",
        "--3=3 | --3.0=3",
        "2*(3+4)=14 | (4+3)*2=14",
        "1/2*80=40 | 0.5*80=40",
        "80*50%=40 | 0.5*80=40.0",
        "80*50*.01=40 | 80*0.5=40",
        "80*3/4=60 | 0.75*80=60",
        "(3/4)*80=60 | 3/4*80=60",
      })
  void of_sameStep_isEqual(String left, String right) {
    assertThat(CanonicalEquation.of(left)).isEqualTo(CanonicalEquation.of(right));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5-3=2 | 3-5=2",
        "6/3=2 | 3/6=2",
        "9-2-3=4 | 9-(2+3)=4",
        "2+3=5 | 2*3=5",
        "2+3*4=14 | 3+2*4=14",
        "8/2/2=2 | 8/(2/2)=2",
        "2*3=6 | 2*3=7",
        "2*3=6 | 6=2*3",
        "0.1=0.1 | 0.10000001=0.1",
        "5=5 | -5=5",
        "80/2=40 | 80*0.5=40",
        "8/2/4=1 | 8/0.5=16",
        "1.5/3*2=1 | 0.5*2=1",
      })
  void of_otherStep_differs(String left, String right) {
    assertThat(CanonicalEquation.of(left)).isNotEqualTo(CanonicalEquation.of(right));
  }

  @ParameterizedTest
  @CsvSource({
    "500/month*12=6000",
    "28-2x=20",
    "2:15+2:38=8:40",
    "(1+2=3",
    "1+=2",
    "1.2.3=4",
    "''",
    "=",
    "2)=2"
  })
  void of_noEquationOfNumbers_standsForItself(String annotation) {
    assertThat(CanonicalEquation.of(annotation)).isEqualTo(annotation);
  }
}
