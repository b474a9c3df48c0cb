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

  /** About what an object takes of which nothing is told, in bytes. */
  static final int LEAST_WEIGHT = 256;

  private static final String NICS = "guest.net";

  /** About what a property, a card or an address takes besides its text. */
  private static final int ENTRY_WEIGHT = 64;

  /** Several times as many as are ever asked for. */
  private static final int MOST_PROPERTIES = 64;

  /** The guest decides how many there are. It makes many, but a machine has 10 at most. */
  private static final int MOST_NICS = 256;

  /** Of one card. */
  private static final int MOST_IPS = 256;

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
            tell(path[0]);
          } else if (part.name().equals("val") && !part.isNil()) {
            value(path[0], part);
          }
        });
  }

  private void tell(String path) throws StrangeAnswerException {
    told.add(path);
    if (told.size() > MOST_PROPERTIES) {
      throw new StrangeAnswerException(200, "it tells properties that nobody asked for");
    }
  }

  private void value(String path, XmlWalker element) throws XMLStreamException, IOException {
    if (path.equals(NICS)) {
      int[] realAndOthers = {0, 0};
      nics.clear();
      element.children(
          each -> {
            GuestNicInfo nic = nic(each);
            int kind = nic.getDeviceConfigId() >= 0 ? 0 : 1;
            if (realAndOthers[kind]++ < MOST_NICS) {
              nics.add(nic);
            }
          });
    } else if (element.referenceType().isPresent()) {
      references.put(path, reference(element));
    } else {
      texts.put(path, Texts.cut(element.text()));
    }
  }

  /** A card that does not say which device it is counts as none of the machine's. */
  private static GuestNicInfo nic(XmlWalker element) throws XMLStreamException, IOException {
    GuestNicInfo nic = new GuestNicInfo();
    nic.setDeviceConfigId(-1);
    List<String> addresses = new ArrayList<>();
    element.children(
        part -> {
          switch (part.name()) {
            case "network" -> nic.setNetwork(Texts.cut(part.text()));
            case "macAddress" -> nic.setMacAddress(Texts.cut(part.text()));
            case "connected" -> nic.setConnected(Texts.flag(part.text()).orElse(false));
            case "deviceConfigId" -> nic.setDeviceConfigId(Texts.integer(part.text()).orElse(-1));
            case "ipAddress" -> {
              if (addresses.size() < MOST_IPS) {
                addresses.add(Texts.cut(part.text()));
              }
            }
            default -> {}
          }
        });
    nic.setIpAddress(addresses.toArray(String[]::new));
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
    tell(pathAndFault[0]);
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

  /** About what it takes in memory, in bytes. */
  int weight() {
    int weight = LEAST_WEIGHT;
    for (String path : told) {
      weight += ENTRY_WEIGHT + path.length();
    }
    for (String text : texts.values()) {
      weight += ENTRY_WEIGHT + text.length();
    }
    for (ManagedObjectReference reference : references.values()) {
      weight += ENTRY_WEIGHT + reference.getType().length() + reference.getVal().length();
    }
    for (GuestNicInfo nic : nics) {
      weight += weight(nic);
    }
    return weight;
  }

  private static int weight(GuestNicInfo nic) {
    int weight = LEAST_WEIGHT;
    for (String ip : nic.getIpAddress()) {
      weight += ENTRY_WEIGHT + ip.length();
    }
    return weight;
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
