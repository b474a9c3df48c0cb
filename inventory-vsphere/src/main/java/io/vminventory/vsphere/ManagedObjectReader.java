package io.vminventory.vsphere;

import com.vmware.vim25.GuestNicInfo;
import com.vmware.vim25.ManagedObjectReference;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** Decoder of one managed object with its reported properties. Not thread-safe. */
final class ManagedObjectReader {

  /** Several times as many as are ever requested. */
  private static final int MAX_PROPERTIES = 64;

  /** Properties of which each machine has another value; others have few values, and share them. */
  private static final Set<String> UNIQUE_VALUES =
      Set.of("name", "config.instanceUuid", "config.uuid", "guest.ipAddress", "guest.hostName");

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, ManagedObjectReference> references = new HashMap<>();
  private final Map<String, String> missing = new HashMap<>();
  private final Set<String> reported = new HashSet<>();
  private List<GuestNicInfo> nics = List.of();
  private ManagedObjectReference self = ManagedObject.reference("", "");

  private ManagedObjectReader() {}

  /**
   * Reads an {@code ObjectContent}.
   *
   * @throws SoapFault {@code NotAuthenticated}, which servers report for single properties when the
   *     session has ended
   */
  static ManagedObject read(XmlWalker element) throws XMLStreamException, IOException {
    return read(element, rest -> {});
  }

  /** Reads an {@code ObjectContent} or {@code ObjectUpdate}; the visitor gets all other parts. */
  static ManagedObject read(XmlWalker element, XmlWalker.Visitor rest)
      throws XMLStreamException, IOException {
    ManagedObjectReader reader = new ManagedObjectReader();
    element.children(
        part -> {
          switch (part.name()) {
            case "obj" -> reader.self = reference(part);
            case "propSet", "changeSet" -> reader.property(part);
            case "missingSet" -> reader.missing(part);
            default -> rest.visit(part);
          }
        });
    return new ManagedObject(
        reader.self, reader.texts, reader.references, reader.missing, reader.nics, reader.reported);
  }

  /** Reads a reference; its type is empty if the element has none. */
  static ManagedObjectReference reference(XmlWalker element) throws XMLStreamException {
    String type = element.referenceType().orElse("").intern();
    return ManagedObject.reference(type, element.text().strip());
  }

  /** Reads a property; a change without a value reports that it is unset. */
  private void property(XmlWalker element) throws XMLStreamException, IOException {
    String[] path = {""};
    element.children(
        part -> {
          if (part.name().equals("name")) {
            path[0] = part.text().strip().intern();
            report(path[0]);
          } else if (part.name().equals("val") && !part.isNil()) {
            value(path[0], part);
          }
        });
  }

  private void report(String path) throws UnexpectedResponseException {
    reported.add(path);
    if (reported.size() > MAX_PROPERTIES) {
      throw new UnexpectedResponseException(200, "it sends properties that were not requested");
    }
  }

  private void value(String path, XmlWalker element) throws XMLStreamException, IOException {
    if (path.equals(ManagedObject.NICS)) {
      nics = GuestNics.read(element);
    } else if (element.referenceType().isPresent()) {
      references.put(path, reference(element));
    } else {
      String text = VimText.truncate(element.text());
      texts.put(path, UNIQUE_VALUES.contains(path) ? text : text.intern());
    }
  }

  private void missing(XmlWalker element) throws XMLStreamException, IOException {
    String[] pathAndFault = {"", ""};
    element.children(
        part -> {
          if (part.name().equals("path")) {
            pathAndFault[0] = part.text().strip().intern();
          } else if (part.name().equals("fault")) {
            part.children(
                inner -> {
                  if (inner.name().equals("fault")) {
                    pathAndFault[1] = SoapEnvelope.faultName(inner).intern();
                  }
                });
          }
        });
    if (pathAndFault[1].equals(SoapFault.NOT_AUTHENTICATED)) {
      throw new SoapFault(SoapFault.NOT_AUTHENTICATED, "", "");
    }
    report(pathAndFault[0]);
    missing.put(pathAndFault[0], pathAndFault[1]);
  }
}
