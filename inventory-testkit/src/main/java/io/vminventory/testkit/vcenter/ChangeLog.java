package io.vminventory.testkit.vcenter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Recent changes of the inventory, bounded. Guarded by its lock. */
final class ChangeLog {

  private static final int LENGTH = 1024;

  private final Deque<Change> changes = new ArrayDeque<>();

  void add(Change change) {
    if (changes.size() == LENGTH) {
      changes.removeFirst();
    }
    changes.addLast(change);
  }

  /** The changes after a revision, newest first; empty if some of them were dropped. */
  Optional<List<Change>> since(long revision) {
    List<Change> found = new ArrayList<>();
    Iterator<Change> iterator = changes.descendingIterator();
    while (iterator.hasNext()) {
      Change change = iterator.next();
      if (change.revision() <= revision) {
        return Optional.of(found);
      }
      found.add(change);
    }
    return Optional.empty();
  }
}
