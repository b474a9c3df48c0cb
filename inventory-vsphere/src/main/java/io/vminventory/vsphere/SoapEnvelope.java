package io.vminventory.vsphere;

import java.io.IOException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Unwraps an answer: hands the operation's response to a decoder, or finds the fault. */
final class SoapEnvelope implements XmlWalker.Visitor {

  private final String expected;
  private final XmlWalker.Visitor decoder;
  private boolean begun;
  private boolean answered;
  private @Nullable SoapFault fault;

  SoapEnvelope(String operation, XmlWalker.Visitor decoder) {
    this.expected = operation + "Response";
    this.decoder = decoder;
  }

  /** Whether a SOAP body has been seen, so that whoever answers speaks SOAP. */
  boolean begun() {
    return begun;
  }

  @Override
  public void visit(XmlWalker root) throws XMLStreamException, IOException {
    if (root.name().equals("Envelope")) {
      root.children(
          part -> {
            if (part.name().equals("Body")) {
              begun = true;
              part.children(this::content);
            }
          });
    }
  }

  private void content(XmlWalker element) throws XMLStreamException, IOException {
    if (element.name().equals(expected)) {
      answered = true;
      decoder.visit(element);
    } else if (element.name().equals("Fault")) {
      fault = fault(element);
    }
  }

  /**
   * Ends an answer that was read to its end.
   *
   * @throws SoapFault if it is one
   * @throws UnexpectedResponseException if it is neither a fault nor the response
   */
  void finish(int status) throws IOException {
    if (fault != null) {
      throw fault;
    } else if (!begun) {
      throw new UnexpectedResponseException(status, "its answer is not SOAP");
    } else if (!answered || status != 200) {
      throw new UnexpectedResponseException(status, "its answer is not of the vSphere API");
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

  /** The object that a fault is about, as {@code ManagedObjectNotFound} and others name it. */
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

  /** The type of the fault that an element holds: as it says, or else after its own name. */
  static String faultName(XmlWalker element) {
    String name = element.name();
    return element
        .xsiType()
        .orElse(
            name.endsWith("Fault") ? name.substring(0, name.length() - "Fault".length()) : name);
  }
}
