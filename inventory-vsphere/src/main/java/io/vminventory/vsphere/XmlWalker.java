package io.vminventory.vsphere;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Forward-only reader of an XML document, element by element. It knows elements by their local
 * names, since servers differ in prefixes. It skips what a visitor leaves unread, so fields and
 * types of later API versions do no harm. It rejects document types and limits all sizes.
 */
final class XmlWalker {

  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  private static final int MAX_DEPTH = 64;
  private static final int MAX_TEXT_LENGTH = 1 << 16;
  private static final long MAX_DOCUMENT_LENGTH = 1L << 30;

  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private int depth;

  /** Visitor of one element. */
  @FunctionalInterface
  interface Visitor {
    /** Visits an element: the walker is at its start, and may stay there or move on to its end. */
    void visit(XmlWalker element) throws XMLStreamException, IOException;
  }

  /**
   * Starts at the beginning of a document.
   *
   * @param in stays open
   */
  XmlWalker(InputStream in) throws XMLStreamException {
    reader = FACTORY.createXMLStreamReader(in);
  }

  private static XMLInputFactory factory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    // Lazy parsing reports errors by an unchecked exception, and too late.
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 32);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 1 << 14);
    factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, MAX_TEXT_LENGTH);
    factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, MAX_DOCUMENT_LENGTH);
    return factory;
  }

  /** Visits the document's outermost element, then reads to the end of the document. */
  void document(Visitor visitor) throws XMLStreamException, IOException {
    while (reader.hasNext()) {
      if (advance() == XMLStreamConstants.START_ELEMENT) {
        visitAndLeave(visitor);
      }
    }
  }

  /** Visits each child of the current element, and moves to the end of the latter. */
  void children(Visitor visitor) throws XMLStreamException, IOException {
    int mine = depth;
    while (true) {
      int event = advance();
      if (event == XMLStreamConstants.END_ELEMENT && depth < mine) {
        return;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        visitAndLeave(visitor);
      }
    }
  }

  private void visitAndLeave(Visitor visitor) throws XMLStreamException, IOException {
    int child = depth;
    visitor.visit(this);
    while (depth >= child) {
      advance();
    }
  }

  /** The element's own text without that of its children; moves to the element's end. */
  String text() throws XMLStreamException {
    int mine = depth;
    String first = "";
    StringBuilder more = new StringBuilder(0);
    while (true) {
      int event = advance();
      if (event == XMLStreamConstants.END_ELEMENT && depth < mine) {
        return more.isEmpty() ? first : first + more;
      } else if (reader.hasText() && event != XMLStreamConstants.COMMENT && depth == mine) {
        if (first.length() + more.length() + reader.getTextLength() > MAX_TEXT_LENGTH) {
          throw new XMLStreamException("a text is too long", reader.getLocation());
        } else if (first.isEmpty()) {
          first = reader.getText();
        } else {
          more.append(reader.getText());
        }
      }
    }
  }

  /** The local name of the element. */
  String name() {
    return reader.getLocalName();
  }

  /** The type that the element declares ({@code xsi:type}), without a prefix. */
  Optional<String> xsiType() {
    return Optional.ofNullable(reader.getAttributeValue(XSI, "type"))
        .map(type -> type.substring(type.indexOf(':') + 1));
  }

  /** Whether the element declares that it has no value ({@code xsi:nil}). */
  boolean isNil() {
    String nil = reader.getAttributeValue(XSI, "nil");
    return nil != null && VimText.toBoolean(nil).orElse(false);
  }

  /** The attribute {@code type} without a namespace, which references to managed objects have. */
  Optional<String> referenceType() {
    return Optional.ofNullable(reader.getAttributeValue("", "type"));
  }

  private int advance() throws XMLStreamException {
    int event = reader.next();
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> depth++;
      case XMLStreamConstants.END_ELEMENT -> depth--;
      case XMLStreamConstants.DTD ->
          throw new XMLStreamException("a document type is not accepted", reader.getLocation());
      default -> {}
    }
    return event;
  }
}
