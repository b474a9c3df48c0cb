package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.RetrieveOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Client of the few vim25 operations that reading an inventory takes. For one thread. */
final class VimClient {

  private static final ManagedObjectReference SERVICE_INSTANCE =
      ManagedObject.reference("ServiceInstance", "ServiceInstance");

  private final SoapSession session;

  VimClient(SoapSession session) {
    this.session = session;
  }

  /** Receiver of the objects of a read, one by one as they arrive. */
  @FunctionalInterface
  interface ObjectSink {
    void accept(ManagedObject object) throws IOException;
  }

  /** Decoder of the value that an operation returns. */
  @FunctionalInterface
  private interface Decoder<T> {
    T decode(XmlWalker element) throws XMLStreamException, IOException;
  }

  /** Describes the server and its services. The only call that needs no login. */
  Vcenter vcenter() throws IOException, InterruptedException {
    return value(serviceContent(), Vcenter::of);
  }

  /** The request of {@link #vcenter()}. */
  static SoapRequest serviceContent() {
    return new SoapRequest("RetrieveServiceContent", SERVICE_INSTANCE);
  }

  /**
   * Creates a property collector of this session alone, so that others cannot disturb its reads.
   */
  ManagedObjectReference createPropertyCollector(ManagedObjectReference collector)
      throws IOException, InterruptedException {
    return value(
        new SoapRequest("CreatePropertyCollector", collector), ManagedObjectReader::reference);
  }

  /** Creates a view of all objects of these types at any depth below a container. */
  ManagedObjectReference createContainerView(
      ManagedObjectReference manager, ManagedObjectReference container, List<String> types)
      throws IOException, InterruptedException {
    SoapRequest request =
        new SoapRequest("CreateContainerView", manager).with("container", container);
    types.forEach(type -> request.with("type", type));
    return value(request.with("recursive", true), ManagedObjectReader::reference);
  }

  /**
   * Begins a read in pages.
   *
   * @param pageSize maximum number of objects in a page
   */
  PendingPage retrieve(ManagedObjectReference collector, PropertyFilterSpec spec, int pageSize)
      throws IOException {
    RetrieveOptions options = new RetrieveOptions();
    options.setMaxObjects(pageSize);
    return PendingPage.of(
        session,
        collector,
        new SoapRequest("RetrievePropertiesEx", collector)
            .with("specSet", spec)
            .with("options", options));
  }

  /** Reads objects in one response of any length: this operation has no pages. */
  void retrieveAll(ManagedObjectReference collector, PropertyFilterSpec spec, ObjectSink sink)
      throws IOException, InterruptedException {
    session.call(
        new SoapRequest("RetrieveProperties", collector).with("specSet", spec),
        result -> sink.accept(ManagedObjectReader.read(result)));
  }

  /** Reads the references of the members of a container view. */
  List<ManagedObjectReference> members(
      ManagedObjectReference collector, ManagedObjectReference view)
      throws IOException, InterruptedException {
    List<ManagedObjectReference> members = new ArrayList<>();
    MemoryBudget budget = new MemoryBudget();
    session.call(
        new SoapRequest("RetrieveProperties", collector).with("specSet", Selections.members(view)),
        result ->
            result.children(
                property -> {
                  if (property.name().equals("propSet")) {
                    property.children(
                        part -> {
                          if (part.name().equals("val")) {
                            part.children(
                                each -> {
                                  budget.reserve(ManagedObject.MIN_WEIGHT);
                                  members.add(ManagedObjectReader.reference(each));
                                });
                          }
                        });
                  }
                }));
    return members;
  }

  /** Adds a filter to those whose updates a collector reports, each property as a whole. */
  void createFilter(ManagedObjectReference collector, PropertyFilterSpec spec)
      throws IOException, InterruptedException {
    value(
        new SoapRequest("CreateFilter", collector).with("spec", spec).with("partialUpdates", false),
        ManagedObjectReader::reference);
  }

  /**
   * Requests updates; the server holds the response back until there are some.
   *
   * @param version the version of the last updates; empty for the complete state
   * @param maxWait how long the server may hold back an empty response, in full seconds
   * @param maxObjects maximum number of objects in a response
   */
  PendingUpdates waitForUpdates(
      ManagedObjectReference collector, String version, Duration maxWait, int maxObjects)
      throws IOException {
    SoapRequest request =
        new SoapRequest("WaitForUpdatesEx", collector)
            .with("version", version)
            .withWaitOptions("options", maxWait.toSeconds(), maxObjects);
    return new PendingUpdates(
        session,
        session.begin(request, new SoapRequest("CancelWaitForUpdates", collector), maxWait));
  }

  private <T> T value(SoapRequest request, Decoder<T> decoder)
      throws IOException, InterruptedException {
    AtomicReference<@Nullable T> value = new AtomicReference<>();
    session.call(request, result -> value.set(decoder.decode(result)));
    T found = value.get();
    if (found == null) {
      throw new UnexpectedResponseException(200, "its response to " + request + " is empty");
    }
    return found;
  }
}
