package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.SelectionSpec;
import com.vmware.vim25.TraversalSpec;
import io.vminventory.api.Inventory;
import io.vminventory.api.VirtualMachine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads everything that an account sees, page by page: first all places, then all machines. The
 * number of round trips is that of the pages, never that of the machines. A read is complete, or it
 * throws. Used by one thread.
 */
final class InventoryReader {

  private static final Logger LOG = LoggerFactory.getLogger(InventoryReader.class);

  private static final String[] NAMED = {"name", "parent"};

  /** What is read of the places. Subclasses are listed too: not every server implies them. */
  private static final List<PropertySpec> PLACES =
      List.of(
          properties("Folder", NAMED),
          properties("Datacenter", NAMED),
          properties("ComputeResource", NAMED),
          properties("ClusterComputeResource", NAMED),
          properties("HostSystem", NAMED),
          properties("VirtualApp", "name", "parent", "parentFolder"));

  private static final List<PropertySpec> MACHINES =
      List.of(properties("VirtualMachine", MachineMapper.PROPERTIES.toArray(String[]::new)));

  /** Several times what a vCenter can hold, so that a read ends whatever the server says. */
  private static final int MOST_OBJECTS = 250_000;

  private static final int MOST_FRUITLESS_PAGES = 10;
  private static final Pattern REFERENCE = Pattern.compile("[!-~&&[^/]]{1,128}");

  private final VimClient vim;
  private final String instanceUuid;
  private final String serverVersion;
  private final ManagedObjectReference rootFolder;
  private final ManagedObjectReference collector;
  private final PropertyFilterSpec places;
  private final PropertyFilterSpec machines;
  private final int pageSize;
  private boolean paged = true;

  /**
   * Makes what reading takes on the server; it goes away with the session.
   *
   * @param instanceUuid the vCenter's own
   */
  InventoryReader(VimClient vim, Vcenter vcenter, String instanceUuid, int pageSize)
      throws IOException, InterruptedException {
    this.vim = vim;
    this.instanceUuid = instanceUuid;
    this.serverVersion = vcenter.version();
    this.pageSize = pageSize;
    rootFolder = vcenter.rootFolder();
    collector = vim.createPropertyCollector(vcenter.propertyCollector());
    places = spec(vcenter, PLACES);
    machines = spec(vcenter, MACHINES);
  }

  private PropertyFilterSpec spec(Vcenter vcenter, List<PropertySpec> properties)
      throws IOException, InterruptedException {
    ManagedObjectReference view =
        vim.createContainerView(
            vcenter.viewManager(),
            rootFolder,
            properties.stream().map(PropertySpec::getType).toList());
    TraversalSpec members = new TraversalSpec();
    members.setName("members");
    members.setType("ContainerView");
    members.setPath("view");
    members.setSkip(false);
    ObjectSpec start = new ObjectSpec();
    start.setObj(view);
    start.setSkip(true);
    start.setSelectSet(new SelectionSpec[] {members});
    PropertyFilterSpec spec = new PropertyFilterSpec();
    spec.setObjectSet(new ObjectSpec[] {start});
    spec.setPropSet(properties.toArray(PropertySpec[]::new));
    return spec;
  }

  private static PropertySpec properties(String type, String... paths) {
    PropertySpec spec = new PropertySpec();
    spec.setType(type);
    spec.setPathSet(paths);
    return spec;
  }

  /**
   * Reads everything now.
   *
   * @throws IOException if a page cannot be read, or if the pages do not come to an end
   */
  Inventory read() throws IOException, InterruptedException {
    InventoryTree tree = new InventoryTree(rootFolder.getVal(), read(places, Function.identity()));
    MachineMapper mapper = new MachineMapper(instanceUuid, tree);
    Map<String, VirtualMachine> found = read(machines, mapper::map);
    return Inventory.of(serverVersion, found.values());
  }

  /**
   * All objects by the values of their references. Some versions of vCenter (7.0.3 to 8.0.2) refuse
   * the second page to accounts with few rights; then everything is read in one piece.
   */
  private <T> Map<String, T> read(PropertyFilterSpec spec, Function<ManagedObject, T> meaning)
      throws IOException, InterruptedException {
    if (paged) {
      try {
        return readPages(spec, meaning);
      } catch (SoapFault fault) {
        if (!fault.is(SoapFault.NO_PERMISSION)) {
          throw fault;
        }
        LOG.info("{} refuses pages to this account; reading in one piece", serverVersion);
        paged = false;
      }
    }
    Map<String, T> found = new LinkedHashMap<>();
    vim.retrieveAll(collector, spec, object -> add(found, object, meaning));
    return found;
  }

  private <T> Map<String, T> readPages(PropertyFilterSpec spec, Function<ManagedObject, T> meaning)
      throws IOException, InterruptedException {
    Map<String, T> found = new LinkedHashMap<>();
    VimClient.ObjectSink sink = object -> add(found, object, meaning);
    Optional<String> token = vim.retrieve(collector, spec, pageSize, sink);
    int fruitless = 0;
    while (token.isPresent()) {
      int before = found.size();
      token = vim.retrieveMore(collector, token.get(), sink);
      fruitless = found.size() > before ? 0 : fruitless + 1;
      if (fruitless > MOST_FRUITLESS_PAGES) {
        throw new StrangeAnswerException(200, "its pages do not come to an end");
      }
    }
    return found;
  }

  /** Of an object that is told twice the later word counts. */
  private static <T> void add(
      Map<String, T> found, ManagedObject object, Function<ManagedObject, T> meaning)
      throws IOException {
    String reference = object.self().getVal();
    if (!REFERENCE.matcher(reference).matches()) {
      throw new StrangeAnswerException(200, "it names an object in a way that no vCenter does");
    }
    if (object.gone()) {
      found.remove(reference);
    } else {
      found.put(reference, meaning.apply(object));
    }
    if (found.size() > MOST_OBJECTS) {
      throw new StrangeAnswerException(200, "it lists more objects than a vCenter can hold");
    }
  }
}
