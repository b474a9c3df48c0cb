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
 * Walks a document forward, element by element. Elements are known by their local names, since
 * servers differ in prefixes; whatever a visitor leaves unread is skipped, so that fields and types
 * of later API versions do no harm. No document type is accepted, and sizes are bounded.
 */
final class XmlWalker {

  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  private static final int DEEPEST = 64;
  private static final int LONGEST_TEXT = 1 << 16;
  private static final long LONGEST_DOCUMENT = 1L << 30;

  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private int depth;

  /** Looks at one element. */
  @FunctionalInterface
  interface Visitor {
    /** The walker stands at the start of the element, and may be moved to its end or left. */
    void visit(XmlWalker element) throws XMLStreamException, IOException;
  }

  /** The stream is read as far as the walker walks, and left open. */
  XmlWalker(InputStream in) throws XMLStreamException {
    reader = FACTORY.createXMLStreamReader(in);
  }

  private static XMLInputFactory factory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    // Lazy parsing reports errors by an unchecked exception, too late to be caught in order.
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 32);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 1 << 14);
    factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, LONGEST_TEXT);
    factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, LONGEST_DOCUMENT);
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

  /** Visits each child of the element that the walker stands at, and moves to the element's end. */
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
        if (first.length() + more.length() + reader.getTextLength() > LONGEST_TEXT) {
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

  /** The type that the element says it has ({@code xsi:type}), without a prefix. */
  Optional<String> xsiType() {
    return Optional.ofNullable(reader.getAttributeValue(XSI, "type"))
        .map(type -> type.substring(type.indexOf(':') + 1));
  }

  /** Whether the element says that it stands for no value ({@code xsi:nil}). */
  boolean isNil() {
    String nil = reader.getAttributeValue(XSI, "nil");
    return nil != null && Texts.flag(nil).orElse(false);
  }

  /** The plain attribute {@code type}, which references to managed objects bear. */
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
