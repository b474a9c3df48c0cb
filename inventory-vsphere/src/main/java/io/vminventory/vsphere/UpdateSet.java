package io.vminventory.vsphere;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * Part of the updates, in the order of the server: {@code UpdateSet} of the vim25 API.
 *
 * @param version the version for the request of later updates
 * @param updates the updates of all filters
 * @param truncated whether more parts follow, so that this part alone means nothing
 */
record UpdateSet(String version, List<ObjectUpdate> updates, boolean truncated) {

  UpdateSet {
    updates = List.copyOf(updates);
  }

  /**
   * Reads an {@code UpdateSet}.
   *
   * @param budget for the updates
   */
  static UpdateSet of(XmlWalker element, MemoryBudget budget)
      throws XMLStreamException, IOException {
    String[] version = {""};
    boolean[] truncated = {false};
    List<ObjectUpdate> updates = new ArrayList<>();
    element.children(
        part -> {
          switch (part.name()) {
            case "version" -> version[0] = part.text().strip();
            case "truncated" -> truncated[0] = VimText.toBoolean(part.text()).orElse(false);
            case "filterSet" ->
                part.children(
                    inner -> {
                      if (inner.name().equals("objectSet")) {
                        ObjectUpdate update = ObjectUpdate.of(inner);
                        budget.reserve(update.object().weight());
                        updates.add(update);
                      }
                    });
            default -> {}
          }
        });
    if (version[0].isEmpty()) {
      throw new UnexpectedResponseException(200, "it sends updates without a version");
    }
    return new UpdateSet(version[0], updates, truncated[0]);
  }
}
