package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Inventory;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("embedded")
class SoapReplayTest {

  @Test
  void tokensAndReturnedReferencesAreReplaced() {
    Map<String, String> replacements = new LinkedHashMap<>();
    SoapReplay.addReplacement(
        "<x><returnval type=\"ContainerView\">view-1</returnval></x>",
        "<x><returnval type=\"ContainerView\">view-9</returnval></x>",
        replacements);
    SoapReplay.addReplacement(
        "<r><returnval><token>a-1</token><objects>",
        "<r><returnval><token>b</token>",
        replacements);
    assertThat(
            SoapReplay.replaceIn(
                "<obj type=\"ContainerView\">view-1</obj><n>view-12</n><token>a-1</token>",
                replacements))
        .isEqualTo("<obj type=\"ContainerView\">view-9</obj><n>view-12</n><token>b</token>");
  }

  @Test
  void responseWithoutTokenOrReferenceReplacesNothing() {
    Map<String, String> replacements = new LinkedHashMap<>();
    SoapReplay.addReplacement("<r><returnval><objects>", "<r><returnval><objects>", replacements);
    SoapReplay.addReplacement("", "", replacements);
    assertThat(replacements).isEmpty();
  }

  /** A floor that requests less than the reader would be too low. */
  @Test
  void replayDrainsAsManyBytesAsTheReaderReceives(@TempDir Path directory) throws Exception {
    try (VcenterSimulator simulator = PeerCommand.vcenter(0, 1_200);
        VcenterOptions vcenter = new VcenterOptions()) {
      Path ca = Files.writeString(directory.resolve("ca.pem"), simulator.caPem());
      vcenter.with(simulator.url(), ca, "user", "pass");
      List<SoapRecorder.Exchange> recorded;
      try (SoapRecorder recorder = new SoapRecorder(simulator.url(), vcenter.tls())) {
        assertThat(ReadBenchmark.read(vcenter.provider(recorder.url()), vcenter.tenant("bench")))
            .extracting(Inventory::size)
            .isEqualTo(1_200);
        recorded = recorder.exchanges();
      }
      long received = recorded.stream().mapToLong(SoapRecorder.Exchange::responseBytes).sum();
      simulator.resetRequestCounts();

      long drained = new SoapReplay(simulator.url(), vcenter.tls(), recorded).run();

      assertThat(drained).isBetween(received - 100, received + 100).isGreaterThan(1_000_000);
      assertThat(simulator.requests("ContinueRetrievePropertiesEx")).isEqualTo(2);
      assertThat(simulator.requests().values().stream().mapToInt(i -> i).sum())
          .isEqualTo(recorded.size());
      assertThat(simulator.sessions()).isEmpty();
    }
  }
}
