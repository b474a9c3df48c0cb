package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.PropertyFilterSpec;
import io.vminventory.api.Inventory;
import io.vminventory.api.VirtualMachine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads everything that an account sees, page by page: first all places, then all machines. The
 * number of round trips is that of the pages, never that of the machines. A read is complete, or it
 * throws. Used by one thread.
 */
final class InventoryReader {

  private static final Logger LOG = LoggerFactory.getLogger(InventoryReader.class);

  private static final int MOST_FRUITLESS_PAGES = 10;

  private final VimClient vim;
  private final SessionObjects objects;
  private final int pageSize;
  private boolean paged = true;

  InventoryReader(VimClient vim, SessionObjects objects, int pageSize) {
    this.vim = vim;
    this.objects = objects;
    this.pageSize = pageSize;
  }

  /**
   * Reads everything now.
   *
   * @throws IOException if a page cannot be read, or if the pages do not come to an end
   */
  Inventory read() throws IOException, InterruptedException {
    Map<String, ManagedObject> places =
        read(objects.placesView(), Selections.places(objects.placesView()), ManagedObject::kept);
    MachineMapper mapper =
        new MachineMapper(
            objects.instanceUuid(), new InventoryTree(objects.rootFolder().getVal(), places));
    Map<String, VirtualMachine> machines =
        read(objects.machinesView(), Selections.machines(objects.machinesView()), mapper::map);
    return Inventory.of(objects.serverVersion(), machines.values());
  }

  /**
   * All objects in a view. Some versions of vCenter (7.0.3 to 8.0.2) refuse the second page to
   * accounts with few rights; then the members of the view are asked for by name.
   */
  private <T> Map<String, T> read(
      ManagedObjectReference view, PropertyFilterSpec spec, Function<ManagedObject, T> meaning)
      throws IOException, InterruptedException {
    Optional<Map<String, T>> pages = paged ? readPages(spec, meaning) : Optional.empty();
    if (pages.isPresent()) {
      return pages.get();
    }
    FoundObjects<T> found = new FoundObjects<>();
    List<ManagedObjectReference> members = vim.members(objects.collector(), view);
    new ChunkReader(vim, objects.collector(), pageSize)
        .readAll(members, object -> add(found, object, meaning));
    return found.asMap();
  }

  /** All pages; nothing if the account may not turn them. */
  private <T> Optional<Map<String, T>> readPages(
      PropertyFilterSpec spec, Function<ManagedObject, T> meaning)
      throws IOException, InterruptedException {
    FoundObjects<T> found = new FoundObjects<>();
    VimClient.ObjectSink sink = object -> add(found, object, meaning);
    Optional<PendingPage> page = vim.retrieve(objects.collector(), spec, pageSize).read(sink);
    int fruitless = 0;
    while (page.isPresent()) {
      int before = found.size();
      try (PendingPage next = page.get()) {
        if (fruitless == MOST_FRUITLESS_PAGES) {
          throw new UnexpectedResponseException(200, "its pages do not come to an end");
        }
        page = next.read(sink);
      } catch (SoapFault fault) {
        if (!fault.is(SoapFault.NO_PERMISSION)) {
          throw fault;
        }
        LOG.info("{} refuses further pages; reading in chunks", objects.serverVersion());
        paged = false;
        return Optional.empty();
      }
      fruitless = found.size() > before ? 0 : fruitless + 1;
    }
    return Optional.of(found.asMap());
  }

  /** Of an object that is told twice the later word counts. */
  private static <T> void add(
      FoundObjects<T> found, ManagedObject object, Function<ManagedObject, T> meaning)
      throws IOException {
    if (object.gone()) {
      found.remove(object);
    } else {
      found.put(object, meaning);
    }
  }
}
