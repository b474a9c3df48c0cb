package io.vminventory.vsphere;

import java.io.IOException;
import javax.xml.stream.XMLStreamException;

/**
 * Update of one managed object that a filter selects: {@code ObjectUpdate} of the vim25 API.
 *
 * @param kind whether it entered, changed or left
 * @param object its reference, and the properties of the update
 */
record ObjectUpdate(Kind kind, ManagedObject object) {

  /** Kinds of updates, named as in the API. */
  enum Kind {
    ENTER,
    MODIFY,
    LEAVE
  }

  /**
   * Reads an {@code ObjectUpdate}.
   *
   * @throws UnexpectedResponseException if it is of a kind that the API does not have
   */
  static ObjectUpdate of(XmlWalker element) throws XMLStreamException, IOException {
    String[] kind = {""};
    ManagedObject object =
        ManagedObjectReader.read(
            element,
            part -> {
              if (part.name().equals("kind")) {
                kind[0] = part.text().strip();
              }
            });
    return new ObjectUpdate(kind(kind[0]), object);
  }

  private static Kind kind(String text) throws UnexpectedResponseException {
    return switch (text) {
      case "enter" -> Kind.ENTER;
      case "modify" -> Kind.MODIFY;
      case "leave" -> Kind.LEAVE;
      default ->
          throw new UnexpectedResponseException(200, "it sends an update of an unknown kind");
    };
  }
}
