package io.vminventory.vsphere;

import com.vmware.vim25.AboutInfo;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ServiceContent;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Description of a server and of its services: {@code ServiceContent} of the vim25 API. */
final class Vcenter {

  private static final Pattern LEGAL_UUID = Pattern.compile("[!-~&&[^/]]{1,100}");

  private final ServiceContent content = new ServiceContent();
  private final AboutInfo about = new AboutInfo();

  private Vcenter() {}

  /**
   * Reads a {@code ServiceContent}.
   *
   * @throws UnexpectedResponseException if it lacks a service that every vCenter has
   */
  static Vcenter of(XmlWalker element) throws XMLStreamException, IOException {
    Vcenter vcenter = new Vcenter();
    element.children(vcenter::part);
    ServiceContent content = vcenter.content;
    if (content.getRootFolder() == null
        || content.getPropertyCollector() == null
        || content.getViewManager() == null
        || content.getSessionManager() == null) {
      throw new UnexpectedResponseException(200, "it does not have the services of a vCenter");
    }
    return vcenter;
  }

  private void part(XmlWalker part) throws XMLStreamException, IOException {
    switch (part.name()) {
      case "rootFolder" -> content.setRootFolder(ManagedObjectReader.reference(part));
      case "propertyCollector" -> content.setPropertyCollector(ManagedObjectReader.reference(part));
      case "viewManager" -> content.setViewManager(ManagedObjectReader.reference(part));
      case "sessionManager" -> content.setSessionManager(ManagedObjectReader.reference(part));
      case "about" -> part.children(this::fact);
      default -> {}
    }
  }

  private void fact(XmlWalker fact) throws XMLStreamException {
    switch (fact.name()) {
      case "name" -> about.setName(fact.text());
      case "fullName" -> about.setFullName(fact.text());
      case "version" -> about.setVersion(fact.text());
      case "instanceUuid" -> about.setInstanceUuid(fact.text());
      default -> {}
    }
  }

  ManagedObjectReference rootFolder() {
    return content.getRootFolder();
  }

  ManagedObjectReference propertyCollector() {
    return content.getPropertyCollector();
  }

  ManagedObjectReference viewManager() {
    return content.getViewManager();
  }

  ManagedObjectReference sessionManager() {
    return content.getSessionManager();
  }

  /**
   * Its UUID, the first part of the id of each of its machines. Empty if it has none, or one that
   * cannot be used in ids: then it is not a vCenter.
   */
  Optional<String> instanceUuid() {
    return Optional.of(quote(about.getInstanceUuid()))
        .filter(uuid -> LEGAL_UUID.matcher(uuid).matches());
  }

  /** Its full name, or else name and version; empty if it reports neither. */
  String version() {
    String fullName = quote(about.getFullName());
    return fullName.isEmpty()
        ? Stream.of(quote(about.getName()), quote(about.getVersion()))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "))
        : fullName;
  }

  private static String quote(@Nullable String text) {
    return text == null ? "" : VimText.quote(text);
  }
}
