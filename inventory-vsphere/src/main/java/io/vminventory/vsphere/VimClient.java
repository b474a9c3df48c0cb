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

/** The few operations of the vim25 API that reading an inventory takes. Used by one thread. */
final class VimClient {

  private static final ManagedObjectReference SERVICE_INSTANCE =
      ManagedObject.reference("ServiceInstance", "ServiceInstance");

  private final SoapSession session;

  VimClient(SoapSession session) {
    this.session = session;
  }

  /** Takes an object of a read as soon as it is there. */
  @FunctionalInterface
  interface ObjectSink {
    void accept(ManagedObject object) throws IOException;
  }

  /** Reads the value that an operation returns. */
  @FunctionalInterface
  private interface Decoder<T> {
    T decode(XmlWalker element) throws XMLStreamException, IOException;
  }

  /** What the server is, and where its services are. The only call that needs no login. */
  Vcenter vcenter() throws IOException, InterruptedException {
    return value(serviceContent(), Vcenter::of);
  }

  /** Asks what the server is; the answer is a {@link Vcenter}. */
  static SoapRequest serviceContent() {
    return new SoapRequest("RetrieveServiceContent", SERVICE_INSTANCE);
  }

  /** A property collector of this session alone: others cannot disturb its reads. */
  ManagedObjectReference createPropertyCollector(ManagedObjectReference collector)
      throws IOException, InterruptedException {
    return value(
        new SoapRequest("CreatePropertyCollector", collector), ManagedObjectReader::reference);
  }

  /** A view of everything of these types at any depth below a container. */
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
   * @param pageSize how many objects to send at once; the server may send fewer
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

  /** Reads in one answer, however long: this operation knows no pages. */
  void retrieveAll(ManagedObjectReference collector, PropertyFilterSpec spec, ObjectSink sink)
      throws IOException, InterruptedException {
    session.call(
        new SoapRequest("RetrieveProperties", collector).with("specSet", spec),
        result -> sink.accept(ManagedObjectReader.read(result)));
  }

  /** The references of the members of a container view. */
  List<ManagedObjectReference> members(
      ManagedObjectReference collector, ManagedObjectReference view)
      throws IOException, InterruptedException {
    List<ManagedObjectReference> members = new ArrayList<>();
    Capacity capacity = new Capacity();
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
                                  capacity.take(ManagedObject.LEAST_WEIGHT);
                                  members.add(ManagedObjectReader.reference(each));
                                });
                          }
                        });
                  }
                }));
    return members;
  }

  /** Adds the objects of a filter to those whose updates a collector tells, each as a whole. */
  void createFilter(ManagedObjectReference collector, PropertyFilterSpec spec)
      throws IOException, InterruptedException {
    value(
        new SoapRequest("CreateFilter", collector).with("spec", spec).with("partialUpdates", false),
        ManagedObjectReader::reference);
  }

  /**
   * Asks for updates; the server holds the answer back until there are some.
   *
   * @param version what the last updates came with; empty for all that there is
   * @param maxWait how long the server holds an empty answer back, in full seconds
   * @param most how many objects to tell of at once; the server may tell of fewer
   */
  PendingUpdates waitForUpdates(
      ManagedObjectReference collector, String version, Duration maxWait, int most)
      throws IOException {
    SoapRequest request =
        new SoapRequest("WaitForUpdatesEx", collector)
            .with("version", version)
            .withWaitOptions("options", maxWait.toSeconds(), most);
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
      throw new UnexpectedResponseException(200, "its answer to " + request + " is empty");
    }
    return found;
  }
}
