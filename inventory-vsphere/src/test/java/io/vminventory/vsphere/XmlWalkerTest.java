package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class XmlWalkerTest {

  static XmlWalker walker(String xml) throws XMLStreamException {
    return new XmlWalker(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> childTexts(String xml) throws Exception {
    List<String> found = new ArrayList<>();
    walker(xml).document(root -> root.children(c -> found.add(c.name() + "=" + c.text())));
    return found;
  }

  @Test
  void elementsAreFoundByLocalNamesAndUnknownOnesSkipped() throws Exception {
    List<String> found = new ArrayList<>();
    walker("<a xmlns:x='u'><x:b>1</x:b><later><b>no</b><deep><b/></deep></later><b>2</b></a>")
        .document(
            root ->
                root.children(
                    child -> {
                      if (child.name().equals("b")) {
                        found.add(child.text());
                      }
                    }));
    assertThat(found).containsExactly("1", "2");
  }

  @Test
  void textExcludesCommentsAndChildren() throws Exception {
    assertThat(childTexts("<a><b>1<!-- no -->2<c>no</c><![CDATA[<3>]]>&amp;&#x6771;</b><b/></a>"))
        .containsExactly("b=12<3>&東", "b=");
  }

  @Test
  void typesAreDistinguishedByNamespace() throws Exception {
    List<String> found = new ArrayList<>();
    walker(
            "<val xmlns:q='http://www.w3.org/2001/XMLSchema-instance' type='Folder'"
                + " q:type='v:ManagedObjectReference'>group-v3</val>")
        .document(
            val -> {
              found.add(val.xsiType().orElse(""));
              found.add(val.referenceType().orElse(""));
            });
    assertThat(found).containsExactly("ManagedObjectReference", "Folder");
  }

  @Test
  void documentTypesAndEntitiesAreRefused() {
    for (String xml :
        List.of(
            "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a><b>&e;</b></a>",
            "<!DOCTYPE a [<!ENTITY e 'x'>]><a><b>&e;</b></a>",
            "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>",
            "<a><b>&e;</b></a>")) {
      assertThatThrownBy(() -> childTexts(xml)).isInstanceOf(XMLStreamException.class);
    }
  }

  @Test
  void depthAndTextLengthAreLimited() {
    assertThatThrownBy(() -> childTexts("<a>".repeat(100) + "</a>".repeat(100)))
        .isInstanceOf(XMLStreamException.class);
    assertThatThrownBy(() -> childTexts("<a><b>" + "x".repeat(1 << 21) + "</b></a>"))
        .isInstanceOf(XMLStreamException.class);
    assertThatThrownBy(() -> childTexts("<a><b>" + "x<i/>".repeat(1 << 21) + "</b></a>"))
        .isInstanceOf(XMLStreamException.class);
  }

  @Test
  void brokenAndIncompleteDocumentsAreErrors() {
    for (String xml : List.of("", "<a><b>1</b>", "<a><b>1</a>", "<a/><b/>", "hello", "<a/>x")) {
      assertThatThrownBy(() -> childTexts(xml)).isInstanceOf(XMLStreamException.class);
    }
  }
}
