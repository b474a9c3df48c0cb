package io.vminventory.testkit.vcenter;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Element of a request, without namespace prefixes.
 *
 * @param name local name
 * @param xsiType local part of {@code xsi:type}, empty if absent
 * @param type attribute {@code type} of a reference, empty if absent
 * @param text all text directly in it
 */
record XmlElement(
    String name, String xsiType, String type, String text, List<XmlElement> children) {

  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  private static final int MAX_DEPTH = 64;

  /**
   * Parses a document. Document type definitions are rejected, so that no entity can be declared.
   *
   * @throws XMLStreamException if it is not well-formed, has a DTD, or is nested too deeply
   */
  static XmlElement parse(byte[] document) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
    try {
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          throw new XMLStreamException("a DTD is not allowed");
        }
      }
      XmlElement root = element(reader, 0);
      while (reader.hasNext()) {
        reader.next();
      }
      return root;
    } finally {
      reader.close();
    }
  }

  private static XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw new XMLStreamException("nested deeper than " + MAX_DEPTH);
    }
    String name = reader.getLocalName();
    String xsiType = Optional.ofNullable(reader.getAttributeValue(XSI, "type")).orElse("");
    String type = "";
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String namespace = reader.getAttributeNamespace(i);
      if (reader.getAttributeLocalName(i).equals("type")
          && (namespace == null || namespace.isEmpty())) {
        type = reader.getAttributeValue(i);
      }
    }
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return new XmlElement(
              name,
              xsiType.substring(xsiType.indexOf(':') + 1),
              type,
              text.toString(),
              List.copyOf(children));
        }
        default -> {
          // comments and processing instructions mean nothing here
        }
      }
    }
  }

  Optional<XmlElement> child(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).findFirst();
  }

  List<XmlElement> children(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).toList();
  }

  /** The text of a child, empty if absent. */
  String textOf(String childName) {
    return child(childName).map(XmlElement::text).orElse("");
  }

  boolean flagOf(String childName) {
    String text = textOf(childName).trim();
    return text.equals("true") || text.equals("1");
  }

  /** This element as a reference. */
  MoRef ref() {
    return new MoRef(type, text.trim());
  }
}
