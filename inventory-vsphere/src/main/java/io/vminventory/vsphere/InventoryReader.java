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
 * Reader of the complete inventory of an account, page by page: first all other entities, then all
 * machines. The number of round trips is that of the pages, never that of the machines. A read is
 * complete, or it throws. For one thread.
 */
final class InventoryReader {

  private static final Logger LOG = LoggerFactory.getLogger(InventoryReader.class);

  private static final int MAX_PAGES_WITHOUT_NEW_OBJECTS = 10;

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
   * @param end when the read fails if it has not finished; checked between pages
   * @throws IOException if a page cannot be read, or if the pages do not end, or not in time
   */
  Inventory read(Deadline end) throws IOException, InterruptedException {
    Map<String, ManagedObject> entities =
        read(
            objects.entitiesView(),
            Selections.entities(objects.entitiesView()),
            ManagedObject::compact,
            end);
    MachineMapper mapper =
        new MachineMapper(
            objects.instanceUuid(), new InventoryTree(objects.rootFolder().getVal(), entities));
    Map<String, VirtualMachine> machines =
        read(objects.machinesView(), Selections.machines(objects.machinesView()), mapper::map, end);
    return Inventory.of(objects.serverVersion(), machines.values());
  }

  /**
   * All objects in a view. Some versions of vCenter (7.0.3 to 8.0.2) refuse the second page to
   * accounts with few rights; then the members of the view are read by reference, in chunks.
   */
  private <T> Map<String, T> read(
      ManagedObjectReference view,
      PropertyFilterSpec spec,
      Function<ManagedObject, T> mapping,
      Deadline end)
      throws IOException, InterruptedException {
    Optional<Map<String, T>> pages = paged ? readPages(spec, mapping, end) : Optional.empty();
    if (pages.isPresent()) {
      return pages.get();
    }
    FoundObjects<T> found = new FoundObjects<>();
    List<ManagedObjectReference> members = vim.members(objects.collector(), view);
    new ChunkReader(vim, objects.collector(), pageSize, end)
        .readAll(members, object -> add(found, object, mapping));
    return found.asMap();
  }

  /** All pages; empty if the server refuses further pages to the account. */
  private <T> Optional<Map<String, T>> readPages(
      PropertyFilterSpec spec, Function<ManagedObject, T> mapping, Deadline end)
      throws IOException, InterruptedException {
    FoundObjects<T> found = new FoundObjects<>();
    VimClient.ObjectSink sink = object -> add(found, object, mapping);
    Optional<PendingPage> page = vim.retrieve(objects.collector(), spec, pageSize).read(sink);
    int pagesWithoutNewObjects = 0;
    while (page.isPresent()) {
      int before = found.size();
      try (PendingPage next = page.get()) {
        IncompleteReadException.throwIfOver(end);
        if (pagesWithoutNewObjects == MAX_PAGES_WITHOUT_NEW_OBJECTS) {
          throw new UnexpectedResponseException(200, "its pages do not end");
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
      pagesWithoutNewObjects = found.size() > before ? 0 : pagesWithoutNewObjects + 1;
    }
    return Optional.of(found.asMap());
  }

  /** The later one of two reports of an object counts. */
  private static <T> void add(
      FoundObjects<T> found, ManagedObject object, Function<ManagedObject, T> mapping)
      throws IOException {
    if (object.isGone()) {
      found.remove(object);
    } else {
      found.put(object, mapping);
    }
  }
}
