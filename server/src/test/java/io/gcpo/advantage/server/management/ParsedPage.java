// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The management page, parsed strictly as XML, which it is too. */
final class ParsedPage {
  private final Document document;

  ParsedPage(String html) throws Exception {
    document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html)));
  }

  /** The texts of what an XPath finds. */
  List<String> texts(String path) throws XPathExpressionException {
    NodeList nodes =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  /** The one cell of a section in this row and column. */
  String cell(String section, String row, String column) throws XPathExpressionException {
    String table = "//section[@id='%s']//table".formatted(section);
    List<String> columns = texts(table + "/thead/tr/th");
    assertThat(columns).contains(column);
    List<String> cells =
        texts(table + "/tbody/tr[th='%s']/*[%d]".formatted(row, columns.indexOf(column) + 1));
    assertThat(cells).as(section + ": " + row).hasSize(1);
    return cells.get(0);
  }

  /** The same as a number. */
  double number(String section, String row, String column) throws XPathExpressionException {
    return Double.parseDouble(cell(section, row, column).replace(",", ""));
  }
}
