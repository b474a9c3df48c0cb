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
 * Follows an inventory by {@code WaitForUpdatesEx}. The server is asked once and answers when
 * something has changed; the question stays open while nobody waits for it. Used by one thread.
 *
 * <p>A version is good for one session and one collector. The first question goes without one, and
 * its answer is everything that there is; so is the answer after the server has refused a version.
 */
final class UpdateStream {

  private static final Logger LOG = LoggerFactory.getLogger(UpdateStream.class);

  /** More parts than everything that a vCenter can hold has; a set has to come to an end. */
  private static final int MOST_PARTS = 3_000;

  private static final int MOST_BEGINNINGS = 5;

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
  private @Nullable PendingUpdates pending;

  /**
   * @param known what was told of the inventory before
   * @param maxWait how long the server holds an empty answer back
   * @param pageSize how many objects to ask for at once
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
   * The next update; changes that are empty if nothing has happened by then. A snapshot after
   * history was lost.
   */
  Update next(Deadline end) throws IOException, InterruptedException {
    for (int begun = 0; ; ) {
      if (current && !follow(end)) {
        return new Update.Changes(List.of());
      }
      while (!current) {
        if (++begun > MOST_BEGINNINGS) {
          throw new UnexpectedResponseException(200, "it forgets again and again what it has told");
        }
        beginAnew();
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

  /**
   * Reads everything that there is, which is what the first question is answered with. The server
   * must not hold back that there is nothing.
   */
  private void beginAnew() throws IOException, InterruptedException {
    limits.acquireRead();
    try {
      if (!filtered) {
        vim.createFilter(objects.collector(), Selections.places(objects.placesView()));
        vim.createFilter(objects.collector(), Selections.machines(objects.machinesView()));
        filtered = true;
      }
      fold.begin();
      current = true;
      receive(ask(Duration.ZERO));
    } finally {
      limits.releaseRead();
    }
  }

  /** Waits for news; whether there may be some. */
  private boolean follow(Deadline end) throws IOException, InterruptedException {
    PendingUpdates question = pending == null ? ask(maxWait) : pending;
    pending = question;
    if (!question.await(end)) {
      return false;
    }
    pending = null;
    receive(question);
    return true;
  }

  /** Takes an answer; if the server refuses the version of one of its parts, all is read anew. */
  private void receive(PendingUpdates question) throws IOException, InterruptedException {
    try {
      take(join(question));
    } catch (SoapFault fault) {
      if (!fault.is(SoapFault.VERSION_REFUSED)) {
        throw fault;
      }
      LOG.info(
          "{} does not know its own version of the updates; reading all", objects.serverVersion());
      loseHistory();
    }
  }

  private void loseHistory() {
    version = "";
    current = false;
    historyLost = true;
  }

  private PendingUpdates ask(Duration wait) throws IOException {
    return vim.waitForUpdates(objects.collector(), version, wait, pageSize);
  }

  /** All parts of an answer: one that is truncated means nothing alone. */
  private List<ObjectUpdate> join(PendingUpdates question)
      throws IOException, InterruptedException {
    List<ObjectUpdate> updates = new ArrayList<>();
    Capacity capacity = new Capacity();
    Optional<UpdateSet> part = question.read(capacity);
    for (int parts = 1; part.isPresent(); parts++) {
      version = part.get().version();
      updates.addAll(part.get().updates());
      if (!part.get().truncated()) {
        break;
      } else if (parts == MOST_PARTS) {
        throw new UnexpectedResponseException(200, "its updates do not come to an end");
      }
      part = ask(maxWait).read(capacity);
    }
    return updates;
  }

  private void take(List<ObjectUpdate> updates) throws IOException, InterruptedException {
    Map<String, ManagedObjectReference> doubtful = fold.take(updates);
    if (doubtful.isEmpty()) {
      return;
    }
    Set<String> found = new HashSet<>();
    new ChunkReader(vim, objects.collector(), pageSize)
        .read(
            List.copyOf(doubtful.values()),
            object -> {
              if (object.isReadable()) {
                found.add(object.self().getVal());
              }
            });
    if (!fold.settle(doubtful, found)) {
      LOG.info(
          "{} told that objects left that are still there; reading all", objects.serverVersion());
      loseHistory();
    }
  }
}
