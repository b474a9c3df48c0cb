package io.vminventory.testkit.vcenter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class XmlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "<a href=\"x\">&amp;</a>",
        "Zürich \u2014 \uD83D\uDE80 \u4E2D",
        "line\nline\ttab\rreturn",
        "]]>"
      })
  void textRoundTrips(String text) throws Exception {
    XmlElement read = parse(write(new XmlWriter().element("t", text)));

    assertThat(read.text()).isEqualTo(text);
  }

  @Test
  void charactersInvalidInXmlBecomeQuestionMarks() throws Exception {
    XmlElement read = parse(write(new XmlWriter().element("t", "a\u0000b\u001Bc\uD800d\uFFFF")));

    assertThat(read.text()).isEqualTo("a?b?c?d?");
  }

  @Test
  void largeTextsGrowTheBuffer() throws Exception {
    String text = "<&\u20AC".repeat(10_000);

    assertThat(parse(write(new XmlWriter().element("t", text))).text()).isEqualTo(text);
  }

  @Test
  void arraysNameTheTypesOfTheirElements() throws Exception {
    XmlWriter out =
        new XmlWriter().raw("<r xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>");
    out.any("val", Value.texts(List.of("a", "b"))).close("r");

    XmlElement val = parse(write(out)).child("val").orElseThrow();

    assertThat(val.xsiType()).isEqualTo("ArrayOfString");
    assertThat(val.children("string")).extracting(XmlElement::text).containsExactly("a", "b");
  }

  @Test
  void typeIsFoundUnderAnyPrefix() throws Exception {
    XmlElement element =
        parse(
            "<a><obj type='Folder' z:type='q:MoRef'"
                + " xmlns:z='http://www.w3.org/2001/XMLSchema-instance'>group-d1</obj></a>");

    XmlElement obj = element.child("obj").orElseThrow();
    assertThat(obj.ref()).isEqualTo(new MoRef("Folder", "group-d1"));
    assertThat(obj.xsiType()).isEqualTo("MoRef");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>",
        "<a>",
        "<a></b>",
        "nothing"
      })
  void unsafeOrMalformedDocumentsAreRejected(String document) {
    assertThatThrownBy(() -> parse(document)).isInstanceOf(XMLStreamException.class);
  }

  @Test
  void deeplyNestedDocumentsAreRejected() {
    assertThatThrownBy(() -> parse("<a>".repeat(100) + "</a>".repeat(100)))
        .isInstanceOf(XMLStreamException.class);
  }

  private static XmlElement parse(String document) throws XMLStreamException {
    return XmlElement.parse(document.getBytes(UTF_8));
  }

  private static String write(XmlWriter writer) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.writeTo(bytes, writer.size());
    return bytes.toString(UTF_8);
  }
}
