package io.vminventory.vsphere;

import com.vmware.vim25.GuestNicInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Decoder of {@code ArrayOfGuestNicInfo}, the network cards that a guest reports. */
final class GuestNics {

  /** Per kind. The guest decides how many it reports; a machine has 10 at most. */
  private static final int MAX_NICS = 256;

  private static final int MAX_IPS_PER_NIC = 256;

  private GuestNics() {}

  /** Reads the cards in the order of the guest: the first virtual devices, and the first others. */
  static List<GuestNicInfo> read(XmlWalker element) throws XMLStreamException, IOException {
    List<GuestNicInfo> nics = new ArrayList<>();
    int[] devicesAndOthers = {0, 0};
    element.children(
        each -> {
          GuestNicInfo nic = nic(each);
          int kind = nic.getDeviceConfigId() >= 0 ? 0 : 1;
          if (devicesAndOthers[kind]++ < MAX_NICS) {
            nics.add(nic);
          }
        });
    return nics;
  }

  /** A card without a {@code deviceConfigId} does not count as a device of the machine. */
  private static GuestNicInfo nic(XmlWalker element) throws XMLStreamException, IOException {
    GuestNicInfo nic = new GuestNicInfo();
    nic.setDeviceConfigId(-1);
    List<String> addresses = new ArrayList<>();
    element.children(
        part -> {
          switch (part.name()) {
            case "network" -> nic.setNetwork(VimText.truncate(part.text()).intern());
            case "macAddress" -> nic.setMacAddress(VimText.truncate(part.text()));
            case "connected" -> nic.setConnected(VimText.toBoolean(part.text()).orElse(false));
            case "deviceConfigId" ->
                nic.setDeviceConfigId(VimText.toInteger(part.text()).orElse(-1));
            case "ipAddress" -> {
              if (addresses.size() < MAX_IPS_PER_NIC) {
                addresses.add(VimText.truncate(part.text()));
              }
            }
            default -> {}
          }
        });
    nic.setIpAddress(addresses.toArray(String[]::new));
    return nic;
  }
}
