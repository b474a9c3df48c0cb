package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.SelectionSpec;
import com.vmware.vim25.TraversalSpec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Call of a vim25 operation as XML.
 *
 * <p>yavijava's own marshaller is not used: it does not escape references, writes characters that
 * XML cannot hold, orders elements as reflection happens to list the fields, and needs the API of
 * log4j 1.x. Reading an inventory takes few types.
 */
final class SoapRequest {

  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
          + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>";
  private static final String FOOT = "</soapenv:Body></soapenv:Envelope>";

  private final String operation;
  private final StringBuilder xml = new StringBuilder(HEAD);

  /** A call of an operation of a managed object. */
  SoapRequest(String operation, ManagedObjectReference self) {
    this.operation = operation;
    xml.append('<').append(operation).append(" xmlns=\"urn:vim25\">");
    with("_this", self);
  }

  /** Whether XML can hold the text. */
  static boolean isXmlText(String text) {
    return text.codePoints().allMatch(SoapRequest::isXmlCharacter);
  }

  private static boolean isXmlCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c < 0xD800)
        || (c >= 0xE000 && c < 0xFFFE)
        || c >= 0x10000;
  }

  String operation() {
    return operation;
  }

  /** The body of the HTTP request; it may hold a password. */
  byte[] toBytes() {
    return (xml + "</" + operation + ">" + FOOT).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Adds an argument. Arguments are sent in the order in which they are added.
   *
   * @throws IllegalArgumentException if XML cannot hold the text; the message does not contain it
   */
  SoapRequest with(String name, String value) {
    xml.append('<').append(name).append('>');
    escape(value);
    return close(name);
  }

  SoapRequest with(String name, boolean value) {
    return with(name, Boolean.toString(value));
  }

  SoapRequest with(String name, ManagedObjectReference value) {
    xml.append('<').append(name).append(" type=\"");
    escape(value.getType());
    xml.append("\">");
    escape(value.getVal());
    return close(name);
  }

  SoapRequest with(String name, PropertyFilterSpec spec) {
    open(name);
    for (PropertySpec properties : spec.getPropSet()) {
      open("propSet").with("type", properties.getType());
      for (String path : properties.getPathSet()) {
        with("pathSet", path);
      }
      close("propSet");
    }
    for (ObjectSpec object : spec.getObjectSet()) {
      open("objectSet").with("obj", object.getObj()).withFlag("skip", object.getSkip());
      selections(object.getSelectSet());
      close("objectSet");
    }
    return close(name);
  }

  SoapRequest with(String name, RetrieveOptions options) {
    open(name);
    if (options.getMaxObjects() != null) {
      with("maxObjects", options.getMaxObjects().toString());
    }
    return close(name);
  }

  /** Adds {@code WaitOptions}. */
  SoapRequest withWaitOptions(String name, long maxWaitSeconds, int maxObjectUpdates) {
    return open(name)
        .with("maxWaitSeconds", Long.toString(maxWaitSeconds))
        .with("maxObjectUpdates", Integer.toString(maxObjectUpdates))
        .close(name);
  }

  private void selections(SelectionSpec @Nullable [] selections) {
    if (selections == null) {
      return;
    }
    for (SelectionSpec selection : selections) {
      if (selection instanceof TraversalSpec traversal) {
        xml.append("<selectSet xsi:type=\"TraversalSpec\">");
        with("name", traversal.getName());
        with("type", traversal.getType());
        with("path", traversal.getPath());
        withFlag("skip", traversal.getSkip());
        selections(traversal.getSelectSet());
      } else {
        open("selectSet").with("name", selection.getName());
      }
      close("selectSet");
    }
  }

  private void withFlag(String name, @Nullable Boolean value) {
    if (value != null) {
      with(name, (boolean) value);
    }
  }

  private SoapRequest open(String name) {
    xml.append('<').append(name).append('>');
    return this;
  }

  private SoapRequest close(String name) {
    xml.append("</").append(name).append('>');
    return this;
  }

  private void escape(String text) {
    if (!isXmlText(text)) {
      throw new IllegalArgumentException("a text holds a character that XML cannot hold");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '"' -> xml.append("&quot;");
        // Unescaped, a parser would normalise these.
        case '\r', '\n', '\t' -> xml.append("&#").append((int) c).append(';');
        default -> xml.append(c);
      }
    }
  }

  /** Only the operation: arguments may be secret. */
  @Override
  public String toString() {
    return operation;
  }
}
