package io.vminventory.vsphere;

import java.io.IOException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** SOAP envelope of a response: passes its content to a decoder, or finds the fault. */
final class SoapEnvelope implements XmlWalker.Visitor {

  private final String expected;
  private final XmlWalker.Visitor decoder;
  private boolean hasBody;
  private boolean hasResponse;
  private @Nullable SoapFault fault;

  SoapEnvelope(String operation, XmlWalker.Visitor decoder) {
    this.expected = operation + "Response";
    this.decoder = decoder;
  }

  /** Whether a SOAP body has begun, so that the server speaks SOAP. */
  boolean hasBody() {
    return hasBody;
  }

  @Override
  public void visit(XmlWalker root) throws XMLStreamException, IOException {
    if (root.name().equals("Envelope")) {
      root.children(
          part -> {
            if (part.name().equals("Body")) {
              hasBody = true;
              part.children(this::content);
            }
          });
    }
  }

  private void content(XmlWalker element) throws XMLStreamException, IOException {
    if (element.name().equals(expected)) {
      hasResponse = true;
      decoder.visit(element);
    } else if (element.name().equals("Fault")) {
      fault = fault(element);
    }
  }

  /**
   * Checks the response once it was read to its end.
   *
   * @throws SoapFault if it is a fault
   * @throws UnexpectedResponseException if it is neither a fault nor the response of the operation
   */
  void finish(int status) throws IOException {
    if (fault != null) {
      throw fault;
    } else if (!hasBody) {
      throw new UnexpectedResponseException(status, "its response is not SOAP");
    } else if (!hasResponse || status != 200) {
      throw new UnexpectedResponseException(status, "its response is not of the vSphere API");
    }
  }

  private static SoapFault fault(XmlWalker element) throws XMLStreamException, IOException {
    String[] nameTextObject = {"", "", ""};
    element.children(
        part -> {
          if (part.name().equals("faultstring")) {
            nameTextObject[1] = part.text();
          } else if (part.name().equals("detail")) {
            part.children(
                detail -> {
                  nameTextObject[0] = faultName(detail);
                  nameTextObject[2] = objectOf(detail);
                });
          }
        });
    return new SoapFault(nameTextObject[0], nameTextObject[1], nameTextObject[2]);
  }

  /** The object of a fault, as {@code ManagedObjectNotFound} and others name it. */
  private static String objectOf(XmlWalker detail) throws XMLStreamException, IOException {
    String[] object = {""};
    detail.children(
        part -> {
          if (part.name().equals("obj") || part.name().equals("object")) {
            object[0] = part.text().strip();
          }
        });
    return object[0];
  }

  /** The type of the fault in an element: its declared one, or else after the element's name. */
  static String faultName(XmlWalker element) {
    String name = element.name();
    return element
        .xsiType()
        .orElse(
            name.endsWith("Fault") ? name.substring(0, name.length() - "Fault".length()) : name);
  }
}
