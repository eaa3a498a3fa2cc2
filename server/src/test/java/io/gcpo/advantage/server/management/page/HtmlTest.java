// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void text_markup_isEscaped() {
    assertThat(Html.text("<script>alert('1' & \"2\")</script>"))
        .hasToString("&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt;");
  }

  @Test
  void attribute_thatWouldEnd_isEscaped() {
    assertThat(Html.tag("a").with("href", "\" onclick='x'>").around("y"))
        .hasToString("<a href=\"&quot; onclick=&#39;x&#39;&gt;\">y</a>");
  }

  @Test
  void text_whatXmlCannotSay_isReplaced() {
    assertThat(Html.text("a\u0000b\u001bc\ud800d\uffffe\u0085f"))
        .hasToString("a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf");
  }

  @Test
  void text_otherScripts_staysAsItIs() {
    assertThat(Html.text("Größe 模型 \uD83D\uDE00\n\t")).hasToString("Größe 模型 \uD83D\uDE00\n\t");
  }

  @Test
  void elements_nest() {
    assertThat(
            Html.tag("p")
                .around(
                    Html.all(List.of(Html.text("a"), Html.tag("b").around("c"))),
                    Html.tag("meta").with("name", "n").alone(),
                    Html.NOTHING))
        .hasToString("<p>a<b>c</b><meta name=\"n\"/></p>");
  }
}
