package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reader of objects by their references, a chunk at a time, each in one response. For one thread.
 *
 * <p>The server refuses a whole chunk if one of its objects no longer exists. Then that object is
 * left out, and the others are requested again.
 */
final class ChunkReader {

  private final VimClient vim;
  private final ManagedObjectReference collector;
  private final int chunkSize;
  private final Deadline end;

  /**
   * @param end when a read fails if it has not finished; checked between chunks
   */
  ChunkReader(VimClient vim, ManagedObjectReference collector, int chunkSize, Deadline end) {
    this.vim = vim;
    this.collector = collector;
    this.chunkSize = chunkSize;
    this.end = end;
  }

  /**
   * Reads all of the objects that still exist.
   *
   * @throws IncompleteReadException if the server leaves one out without reporting that it is gone
   * @throws IOException if a chunk cannot be read
   */
  void readAll(List<ManagedObjectReference> objects, VimClient.ObjectSink sink)
      throws IOException, InterruptedException {
    Map<String, ManagedObjectReference> leftOut = read(objects, sink);
    if (!leftOut.isEmpty()) {
      throw IncompleteReadException.leftOut(leftOut.size(), leftOut.keySet().iterator().next());
    }
  }

  /**
   * Reads the objects that still exist and that the account sees.
   *
   * @return the others, except those that the server reported to be gone
   */
  Map<String, ManagedObjectReference> read(
      List<ManagedObjectReference> objects, VimClient.ObjectSink sink)
      throws IOException, InterruptedException {
    Map<String, ManagedObjectReference> leftOut = new LinkedHashMap<>();
    for (int from = 0; from < objects.size(); from += chunkSize) {
      IncompleteReadException.throwIfOver(end);
      int to = Math.min(from + chunkSize, objects.size());
      leftOut.putAll(readChunk(byValue(objects.subList(from, to)), sink));
    }
    return leftOut;
  }

  private Map<String, ManagedObjectReference> readChunk(
      Map<String, ManagedObjectReference> chunk, VimClient.ObjectSink sink)
      throws IOException, InterruptedException {
    while (!chunk.isEmpty()) {
      Map<String, ManagedObjectReference> leftOut = new LinkedHashMap<>(chunk);
      try {
        vim.retrieveAll(
            collector,
            Selections.objects(chunk.values()),
            object -> {
              leftOut.remove(object.self().getVal());
              sink.accept(object);
            });
        return leftOut;
      } catch (SoapFault fault) {
        if (!fault.is(SoapFault.NOT_FOUND) || chunk.remove(fault.object()) == null) {
          throw fault;
        }
      }
    }
    return chunk;
  }

  private static Map<String, ManagedObjectReference> byValue(
      Collection<ManagedObjectReference> objects) {
    Map<String, ManagedObjectReference> byValue = new LinkedHashMap<>();
    objects.forEach(object -> byValue.put(object.getVal(), object));
    return byValue;
  }
}
