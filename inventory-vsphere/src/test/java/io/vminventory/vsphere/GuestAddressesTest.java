package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import com.vmware.vim25.GuestNicInfo;
import io.vminventory.api.Nic;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class GuestAddressesTest {

  private static GuestNicInfo nic(int device, boolean connected, String... ips) {
    GuestNicInfo nic = new GuestNicInfo();
    nic.setDeviceConfigId(device);
    nic.setConnected(connected);
    nic.setMacAddress("00:50:56:AB:CD:0" + Math.abs(device) % 10);
    nic.setNetwork("VM Network");
    nic.setIpAddress(ips);
    return nic;
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "' 10.0.0.1 ', 10.0.0.1",
    "255.254.1.9, 255.254.1.9",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:0:0:0:0:0:0:0, 1::",
    "0:0:0:0:0:0:1:1, ::1:1",
    "2001:db8::10%eth0, 2001:db8::10",
    "fd00::1, fd00::1",
    "::ffff:10.0.0.7, 10.0.0.7",
  })
  void addressesHaveTheirCanonicalForm(String reported, String canonical) {
    assertThat(GuestAddresses.usable(reported)).hasValue(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "169.254.3.4",
        "fe80::1",
        "fe80::1%eth0",
        "febf::1",
        "0.0.0.0",
        "::",
        "224.0.0.251",
        "239.1.1.1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "",
        " ",
        "%",
        "unset",
        "localhost",
        "example.com",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.01",
        "10.0.0.1/24",
        "010.0.0.1",
        "1",
        "0x7f.1",
        "1:2:3",
        "1::2::3",
        "12345::",
        ":::",
        "::g",
        "2001:db8::1/64",
        "[::2]",
        "dead.beef",
        "a:b:c:d:e:f:1.2.3.4.5",
      })
  void unreachableAddressesAreLeftOut(String reported) {
    assertThat(GuestAddresses.usable(reported)).isEmpty();
  }

  @Test
  void primaryAddressComesFirstThenTheOthersInTheOrderOfTheCards() {
    assertThat(
            GuestAddresses.of(
                    true,
                    "10.0.0.9",
                    List.of(
                        nic(4000, true, "10.0.0.5", "fe80::1", "2001:db8::5"),
                        nic(4001, true, "10.0.0.9", "10.0.0.5")))
                .ips())
        .containsExactly("10.0.0.9", "10.0.0.5", "2001:db8::5");
  }

  @Test
  void firstConnectedCardLeadsWithoutAUsablePrimaryAddress() {
    List<GuestNicInfo> nics =
        List.of(
            nic(4000, false, "10.0.0.1"),
            nic(4001, true, "fe80::2"),
            nic(4002, true, "10.0.0.3", "10.0.0.4"));
    for (String primary : new String[] {null, "", "fe80::2", "127.0.0.1", "garbage"}) {
      assertThat(GuestAddresses.of(true, primary, nics).ips())
          .containsExactly("10.0.0.3", "10.0.0.1", "10.0.0.4");
    }
  }

  @Test
  void virtualCardsOfTheGuestDoNotCount() {
    List<GuestNicInfo> reported = List.of(nic(-1, true, "172.17.0.1"), nic(4000, true, "10.0.0.5"));
    GuestAddresses addresses = GuestAddresses.of(true, "172.17.0.1", reported);

    assertThat(addresses.ips()).containsExactly("10.0.0.5");
    assertThat(addresses.nics())
        .containsExactly(Nic.of("00:50:56:ab:cd:00", "VM Network", List.of("10.0.0.5")));
  }

  @Test
  void primaryAddressCountsEvenIfNoCardHasIt() {
    assertThat(GuestAddresses.of(true, "10.0.0.9", List.of()).ips()).containsExactly("10.0.0.9");
    assertThat(GuestAddresses.of(true, "10.0.0.9", List.of(nic(4000, true))).ips())
        .containsExactly("10.0.0.9");
    assertThat(
            GuestAddresses.of(
                    true, "10.0.0.9", List.of(nic(-1, true, "10.0.0.9"), nic(1, true, "10.0.0.9")))
                .ips())
        .containsExactly("10.0.0.9");
  }

  @Test
  void machineThatIsNotPoweredOnHasNoAddresses() {
    GuestAddresses addresses =
        GuestAddresses.of(false, "10.0.0.9", List.of(nic(4000, true, "10.0.0.9")));

    assertThat(addresses.ips()).isEmpty();
    assertThat(addresses.nics())
        .singleElement()
        .satisfies(nic -> assertThat(nic.ips()).isEmpty())
        .satisfies(nic -> assertThat(nic.mac()).hasValue("00:50:56:ab:cd:00"));
  }
}
