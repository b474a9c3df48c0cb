package io.vminventory.vsphere;

import com.vmware.vim25.GuestNicInfo;
import com.vmware.vim25.ManagedObjectReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamException;

/**
 * The properties of one managed object, as far as the server told them: {@code ObjectContent} of
 * the vim25 API, or what a {@code ObjectUpdate} says of it. Not thread-safe while it is filled.
 */
final class ManagedObject {

  private static final String NICS = "guest.net";

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, ManagedObjectReference> references = new HashMap<>();
  private final Map<String, String> missing = new HashMap<>();
  private final List<GuestNicInfo> nics = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private ManagedObjectReference self = reference("", "");

  /** A reference to a managed object. */
  static ManagedObjectReference reference(String type, String value) {
    ManagedObjectReference reference = new ManagedObjectReference();
    reference.setType(type);
    reference.setVal(value);
    return reference;
  }

  /** The reference that an element is; its type is empty if it has none. */
  static ManagedObjectReference reference(XmlWalker element) throws XMLStreamException {
    String type = element.referenceType().orElse("");
    return reference(type, element.text().strip());
  }

  /**
   * Reads an {@code ObjectContent}.
   *
   * @throws SoapFault {@code NotAuthenticated}, which servers hide among missing properties when
   *     the session has ended
   */
  static ManagedObject of(XmlWalker element) throws XMLStreamException, IOException {
    return of(element, rest -> {});
  }

  /** The same of an element that has more in it, which somebody else reads. */
  static ManagedObject of(XmlWalker element, XmlWalker.Visitor rest)
      throws XMLStreamException, IOException {
    ManagedObject object = new ManagedObject();
    element.children(
        part -> {
          switch (part.name()) {
            case "obj" -> object.self = reference(part);
            case "propSet", "changeSet" -> object.property(part);
            case "missingSet" -> object.missing(part);
            default -> rest.visit(part);
          }
        });
    return object;
  }

  /** A change without a value says that the property is not set any more. */
  private void property(XmlWalker element) throws XMLStreamException, IOException {
    String[] path = {""};
    element.children(
        part -> {
          if (part.name().equals("name")) {
            path[0] = part.text().strip();
            told.add(path[0]);
          } else if (part.name().equals("val") && !part.isNil()) {
            value(path[0], part);
          }
        });
  }

  private void value(String path, XmlWalker element) throws XMLStreamException, IOException {
    if (path.equals(NICS)) {
      element.children(nic -> nics.add(nic(nic)));
    } else if (element.referenceType().isPresent()) {
      references.put(path, reference(element));
    } else {
      texts.put(path, element.text());
    }
  }

  /** A card that does not say which device it is counts as none of the machine's. */
  private static GuestNicInfo nic(XmlWalker element) throws XMLStreamException, IOException {
    GuestNicInfo nic = new GuestNicInfo();
    nic.setDeviceConfigId(-1);
    List<String> ips = new ArrayList<>();
    element.children(
        part -> {
          switch (part.name()) {
            case "network" -> nic.setNetwork(part.text());
            case "macAddress" -> nic.setMacAddress(part.text());
            case "connected" -> nic.setConnected(Texts.flag(part.text()).orElse(false));
            case "deviceConfigId" -> nic.setDeviceConfigId(Texts.integer(part.text()).orElse(-1));
            case "ipAddress" -> ips.add(part.text());
            default -> {}
          }
        });
    nic.setIpAddress(ips.toArray(String[]::new));
    return nic;
  }

  private void missing(XmlWalker element) throws XMLStreamException, IOException {
    String[] pathAndFault = {"", ""};
    element.children(
        part -> {
          if (part.name().equals("path")) {
            pathAndFault[0] = part.text().strip();
          } else if (part.name().equals("fault")) {
            part.children(
                inner -> {
                  if (inner.name().equals("fault")) {
                    pathAndFault[1] = SoapEnvelope.faultName(inner);
                  }
                });
          }
        });
    if (pathAndFault[1].equals(SoapFault.NOT_AUTHENTICATED)) {
      throw new SoapFault(SoapFault.NOT_AUTHENTICATED, "", "");
    }
    told.add(pathAndFault[0]);
    missing.put(pathAndFault[0], pathAndFault[1]);
  }

  /** What is known once a later update of the same object is known, too. */
  ManagedObject after(ManagedObject update) {
    ManagedObject sum = new ManagedObject();
    sum.self = self;
    sum.texts.putAll(texts);
    sum.references.putAll(references);
    sum.missing.putAll(missing);
    sum.nics.addAll(update.told.contains(NICS) ? update.nics : nics);
    update.told.forEach(sum::forget);
    sum.texts.putAll(update.texts);
    sum.references.putAll(update.references);
    sum.missing.putAll(update.missing);
    return sum;
  }

  private void forget(String path) {
    texts.remove(path);
    references.remove(path);
    missing.remove(path);
  }

  ManagedObjectReference self() {
    return self;
  }

  /** Whether the account may read anything of it. */
  boolean isReadable() {
    return !texts.isEmpty() || !references.isEmpty() || !nics.isEmpty();
  }

  /** The value of a property that is neither a reference nor empty. */
  Optional<String> text(String path) {
    return Optional.ofNullable(texts.get(path)).filter(Predicate.not(String::isBlank));
  }

  /** The value of a property that is a reference. */
  Optional<ManagedObjectReference> reference(String path) {
    return Optional.ofNullable(references.get(path));
  }

  /** The value of {@code guest.net}, empty without one. */
  List<GuestNicInfo> nics() {
    return nics;
  }

  /** Whether the server says that it may not tell a property, or an object that it is a part of. */
  boolean hides(String path) {
    return missing.keySet().stream()
        .anyMatch(hidden -> path.equals(hidden) || path.startsWith(hidden + "."));
  }

  /** Whether the object was deleted while it was read. */
  boolean gone() {
    return missing.containsValue(SoapFault.GONE);
  }
}
