package io.vminventory.vsphere;

import com.vmware.vim25.GuestNicInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Reads {@code ArrayOfGuestNicInfo}, the network cards as a guest tells them. */
final class GuestNics {

  /** The guest decides how many there are. It makes many, but a machine has 10 at most. */
  private static final int MOST = 256;

  /** Of one card. */
  private static final int MOST_IPS = 256;

  private GuestNics() {}

  /** The cards in the order of the guest; of those that are real, and of the others, the first. */
  static List<GuestNicInfo> read(XmlWalker element) throws XMLStreamException, IOException {
    List<GuestNicInfo> cards = new ArrayList<>();
    int[] realAndOthers = {0, 0};
    element.children(
        each -> {
          GuestNicInfo card = card(each);
          int kind = card.getDeviceConfigId() >= 0 ? 0 : 1;
          if (realAndOthers[kind]++ < MOST) {
            cards.add(card);
          }
        });
    return cards;
  }

  /** A card that does not say which device it is counts as none of the machine's. */
  private static GuestNicInfo card(XmlWalker element) throws XMLStreamException, IOException {
    GuestNicInfo card = new GuestNicInfo();
    card.setDeviceConfigId(-1);
    List<String> addresses = new ArrayList<>();
    element.children(
        part -> {
          switch (part.name()) {
            case "network" -> card.setNetwork(Texts.cut(part.text()).intern());
            case "macAddress" -> card.setMacAddress(Texts.cut(part.text()));
            case "connected" -> card.setConnected(Texts.flag(part.text()).orElse(false));
            case "deviceConfigId" -> card.setDeviceConfigId(Texts.integer(part.text()).orElse(-1));
            case "ipAddress" -> {
              if (addresses.size() < MOST_IPS) {
                addresses.add(Texts.cut(part.text()));
              }
            }
            default -> {}
          }
        });
    card.setIpAddress(addresses.toArray(String[]::new));
    return card;
  }
}
