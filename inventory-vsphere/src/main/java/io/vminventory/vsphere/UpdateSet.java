package io.vminventory.vsphere;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * A part of what happened, in the order in which the server tells it: {@code UpdateSet} of the
 * vim25 API.
 *
 * @param version what to ask with for what happens after this
 * @param updates the updates of all filters
 * @param truncated whether there is more to tell, so that this alone means nothing yet
 */
record UpdateSet(String version, List<ObjectUpdate> updates, boolean truncated) {

  UpdateSet {
    updates = List.copyOf(updates);
  }

  /**
   * Reads an {@code UpdateSet}.
   *
   * @param capacity what the updates may take
   */
  static UpdateSet of(XmlWalker element, Capacity capacity) throws XMLStreamException, IOException {
    String[] version = {""};
    boolean[] truncated = {false};
    List<ObjectUpdate> updates = new ArrayList<>();
    element.children(
        part -> {
          switch (part.name()) {
            case "version" -> version[0] = part.text().strip();
            case "truncated" -> truncated[0] = Texts.flag(part.text()).orElse(false);
            case "filterSet" ->
                part.children(
                    inner -> {
                      if (inner.name().equals("objectSet")) {
                        ObjectUpdate update = ObjectUpdate.of(inner);
                        capacity.take(update.object().weight());
                        updates.add(update);
                      }
                    });
            default -> {}
          }
        });
    if (version[0].isEmpty()) {
      throw new UnexpectedResponseException(200, "it tells updates without a version");
    }
    return new UpdateSet(version[0], updates, truncated[0]);
  }
}
