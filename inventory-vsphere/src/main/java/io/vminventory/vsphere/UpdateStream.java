package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.Update;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stream of updates by {@code WaitForUpdatesEx}. The server holds a request back until something
 * changes; the request stays open between the calls of {@link #next}. For one thread.
 *
 * <p>A version is valid for one session and one collector. The first request has none, and its
 * response is the complete state; so is the response after the server has refused a version.
 */
final class UpdateStream {

  private static final Logger LOG = LoggerFactory.getLogger(UpdateStream.class);

  /** More parts than the state of any vCenter has, so that every set of updates ends. */
  private static final int MAX_PARTS = 3_000;

  private static final int MAX_COMPLETE_READS = 5;

  private final VimClient vim;
  private final SessionObjects objects;
  private final ServerLimits limits;
  private final Duration maxWait;
  private final int pageSize;
  private final InventoryFold fold;
  private boolean filtered;
  private boolean current;
  private boolean historyLost;
  private String version = "";
  private Deadline limit = Deadline.in(Duration.ZERO);
  private @Nullable PendingUpdates pending;

  /**
   * Creates a stream that begins with the complete state.
   *
   * @param known the inventory that was reported before
   * @param maxWait how long the server may hold back a response without updates
   * @param pageSize how many objects to request at once
   */
  UpdateStream(
      VimClient vim,
      SessionObjects objects,
      ServerLimits limits,
      Inventory known,
      Duration maxWait,
      int pageSize) {
    this.vim = vim;
    this.objects = objects;
    this.limits = limits;
    this.maxWait = maxWait;
    this.pageSize = pageSize;
    this.fold = new InventoryFold(objects, known);
  }

  /**
   * Returns the next update: a snapshot after history was lost, otherwise changes.
   *
   * @param end when to return empty changes if nothing has changed
   * @param limit when to fail if a transfer that has begun by then has not finished
   */
  Update next(Deadline end, Deadline limit) throws IOException, InterruptedException {
    this.limit = limit;
    for (int completeReads = 0; ; ) {
      if (current && !awaitUpdates(end)) {
        return new Update.Changes(List.of());
      }
      while (!current) {
        if (++completeReads > MAX_COMPLETE_READS) {
          throw new UnexpectedResponseException(
              200, "it loses the history of its updates again and again");
        }
        readAll();
      }
      List<Change> changes = fold.changes();
      if (historyLost) {
        historyLost = false;
        return new Update.Snapshot(fold.inventory());
      } else if (!changes.isEmpty()) {
        return new Update.Changes(changes);
      }
    }
  }

  /** Reads the complete state, by a first request that the server must not hold back. */
  private void readAll() throws IOException, InterruptedException {
    limits.acquireRead(limit);
    try {
      if (!filtered) {
        vim.createFilter(objects.collector(), Selections.entities(objects.entitiesView()));
        vim.createFilter(objects.collector(), Selections.machines(objects.machinesView()));
        filtered = true;
      }
      fold.reset();
      current = true;
      receive(request(Duration.ZERO));
    } finally {
      limits.releaseRead();
    }
  }

  /** Waits for updates; returns whether the server has responded. */
  private boolean awaitUpdates(Deadline end) throws IOException, InterruptedException {
    PendingUpdates request = pending == null ? request(maxWait) : pending;
    pending = request;
    if (!request.await(end)) {
      return false;
    }
    pending = null;
    receive(request);
    return true;
  }

  /**
   * Applies a response; if the server refuses the version of one of its parts, all is read anew.
   */
  private void receive(PendingUpdates request) throws IOException, InterruptedException {
    try {
      apply(readParts(request));
    } catch (SoapFault fault) {
      if (!fault.is(SoapFault.INVALID_VERSION)) {
        throw fault;
      }
      LOG.info("{} refuses its own version of the updates; reading all", objects.serverVersion());
      loseHistory();
    }
  }

  private void loseHistory() {
    version = "";
    current = false;
    historyLost = true;
  }

  private PendingUpdates request(Duration wait) throws IOException {
    return vim.waitForUpdates(objects.collector(), version, wait, pageSize);
  }

  /** Reads all parts of a response: a truncated part alone means nothing. */
  private List<ObjectUpdate> readParts(PendingUpdates request)
      throws IOException, InterruptedException {
    List<ObjectUpdate> updates = new ArrayList<>();
    MemoryBudget budget = new MemoryBudget();
    Optional<UpdateSet> part = request.read(budget);
    for (int parts = 1; part.isPresent(); parts++) {
      version = part.get().version();
      updates.addAll(part.get().updates());
      if (!part.get().truncated()) {
        break;
      } else if (parts == MAX_PARTS) {
        throw new UnexpectedResponseException(200, "its updates do not end");
      }
      IncompleteReadException.throwIfOver(limit);
      part = request(maxWait).read(budget);
    }
    return updates;
  }

  private void apply(List<ObjectUpdate> updates) throws IOException, InterruptedException {
    Map<String, ManagedObjectReference> uncertain = fold.apply(updates);
    if (uncertain.isEmpty()) {
      return;
    }
    Set<String> found = new HashSet<>();
    new ChunkReader(vim, objects.collector(), pageSize, limit)
        .read(
            List.copyOf(uncertain.values()),
            object -> {
              if (object.isReadable()) {
                found.add(object.self().getVal());
              }
            });
    if (!fold.resolve(uncertain, found)) {
      LOG.info(
          "{} reported that objects left that still exist; reading all", objects.serverVersion());
      loseHistory();
    }
  }
}
