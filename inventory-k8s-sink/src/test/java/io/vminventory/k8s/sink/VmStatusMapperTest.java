package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vminventory.api.Fact;
import io.vminventory.api.Nic;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.VmStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class VmStatusMapperTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void everyFactHasItsField() throws IOException {
    JsonNode json = json(status(Machines.typical(7).build()));

    for (Fact fact : Fact.values()) {
      assertThat(json.has(RecordCondition.field(fact))).as(fact.toString()).isTrue();
    }
    assertThat(json.path("powerState").asText()).isEqualTo("poweredOn");
    assertThat(json.path("memoryMB").asInt()).isEqualTo(2048);
    assertThat(json.path("primaryIP").asText()).isEqualTo("10.141.0.8");
    assertThat(json.path("updateDate").asText()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(json.has("conditions") || json.has("nicsTruncated") || json.has("ipsTruncated"))
        .isFalse();
  }

  @Test
  void absentFactsAreNotStored() throws IOException {
    JsonNode json = json(status(Machines.named(1, "a")));

    assertThat(json.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("vmname", "updateDate");
  }

  @Test
  void emptyTextsAreNotStored() {
    VirtualMachine machine =
        VirtualMachine.builder(Machines.id(1), "a")
            .guestHostName("")
            .guestOS("")
            .ips(List.of("", "10.0.0.1"))
            .nics(List.of(Nic.of("", "", List.of(""))))
            .build();
    VmStatus status = status(machine);

    String json = serialization.asJson(status);

    assertThat(serialization.unmarshal(json, VmStatus.class)).isEqualTo(status);
  }

  @Test
  void orderOfReportedAddressesDoesNotMatter() {
    List<String> ips = new ArrayList<>(List.of("10.0.0.3", "fd00::1", "10.0.0.2", "10.0.0.2"));
    List<Nic> nics =
        new ArrayList<>(
            List.of(
                Nic.of("00:50:56:00:00:02", "b", List.of("10.0.0.3", "fd00::1")),
                Nic.of("00:50:56:00:00:01", "a", List.of("10.0.0.2")),
                Nic.of(null, "c", List.of())));
    VmStatus one = status(machine("10.0.0.1", ips, nics));
    Collections.reverse(ips);
    Collections.reverse(nics);

    assertThat(status(machine("10.0.0.1", ips, nics))).isEqualTo(one);
    assertThat(one.ips()).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3", "fd00::1");
    assertThat(one.nics()).extracting(VmStatus.Nic::network).containsExactly("a", "b", "c");
    assertThat(status(machine("10.0.0.3", ips, nics)).primaryIP()).isEqualTo("10.0.0.3");
  }

  @Test
  void unreadableFactsAreNamedInACondition() {
    VirtualMachine machine =
        VirtualMachine.builder(Machines.id(1), "a")
            .unreadable(Fact.MEMORY_MB)
            .unreadable(Fact.NUM_CPU)
            .build();
    VmStatus first = status(machine);

    assertThat(first.conditions())
        .containsExactly(
            new Condition(
                "Partial",
                "True",
                "NotReadable",
                "The account may not read numCpu, memoryMB",
                NOW,
                null));
    assertThat(first.memoryMB()).isNull();
    assertThat(VmStatusMapper.status(machine, first, NOW.plusSeconds(60)).conditions())
        .isEqualTo(first.conditions());
  }

  @ParameterizedTest
  @EnumSource
  void unknownFactKeepsItsLastValueAndTheOthersChange(Fact fact) throws IOException {
    VmStatus previous = status(Machines.typical(7).build());
    JsonNode known = json(VmStatusMapper.status(allChanged().build(), previous, NOW));

    JsonNode json = json(VmStatusMapper.status(allChanged().unknown(fact).build(), previous, NOW));

    for (Map.Entry<String, JsonNode> field : known.properties()) {
      JsonNode expected =
          fieldsOf(fact).contains(field.getKey())
              ? json(previous).path(field.getKey())
              : field.getValue();
      assertThat(json.path(field.getKey())).as(field.getKey()).isEqualTo(expected);
    }
    assertThat(known.properties()).hasSize(18);
  }

  @ParameterizedTest
  @EnumSource
  void unknownFactWithoutALastValueIsNotStored(Fact fact) throws IOException {
    JsonNode json = json(status(allChanged().unknown(fact).build()));

    assertThat(json.properties())
        .extracting(Map.Entry::getKey)
        .doesNotContainAnyElementsOf(fieldsOf(fact))
        .hasSize(19 - fieldsOf(fact).size());
  }

  @Test
  void listsThatWereCutStayMarkedWhileTheyAreUnknown() {
    List<String> ips = IntStream.range(0, 100).mapToObj(n -> "10.0.0." + n).toList();
    List<Nic> nics = ips.stream().map(ip -> Nic.of(ip, "a", List.of(ip))).toList();
    VmStatus previous = status(machine("10.1.0.1", ips, nics));
    VirtualMachine unknown =
        VirtualMachine.builder(Machines.id(1), "a").unknown(Fact.IPS).unknown(Fact.NICS).build();

    VmStatus status = VmStatusMapper.status(unknown, previous, NOW);

    assertThat(status.ips()).isEqualTo(previous.ips()).hasSize(16);
    assertThat(status.ipsTruncated()).isTrue();
    assertThat(status.nics()).isEqualTo(previous.nics()).hasSize(10);
    assertThat(status.nicsTruncated()).isTrue();
  }

  @Test
  void unknownFactsAreNamedInAConditionThatKeepsItsTransitionTime() {
    VirtualMachine machine = Machines.typical(1).unknown(Fact.NAME).unknown(Fact.NUM_CPU).build();
    VmStatus first = VmStatusMapper.status(machine, status(Machines.typical(1).build()), NOW);
    Instant later = NOW.plusSeconds(60);

    assertThat(first.conditions())
        .containsExactly(
            new Condition(
                "Stale",
                "True",
                "UnknownForNow",
                "The platform cannot report vmname, numCpu now; last known values are kept",
                NOW,
                null));
    assertThat(VmStatusMapper.status(machine, first, later).conditions())
        .isEqualTo(first.conditions());
    VirtualMachine others = Machines.typical(1).unknown(Fact.HOST).build();
    assertThat(VmStatusMapper.status(others, first, later).conditions())
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.message()).contains("report host now");
              assertThat(condition.lastTransitionTime()).isEqualTo(NOW);
            });
    assertThat(VmStatusMapper.status(Machines.typical(1).build(), first, later).conditions())
        .isEmpty();
  }

  @Test
  void unreadableAndUnknownFactsHaveAConditionEach() {
    VirtualMachine machine =
        VirtualMachine.builder(Machines.id(1), "a")
            .unreadable(Fact.HOST)
            .unknown(Fact.GUEST_OS)
            .build();

    assertThat(status(machine).conditions())
        .extracting(Condition::type, Condition::reason)
        .containsExactly(tuple("Partial", "NotReadable"), tuple("Stale", "UnknownForNow"));
  }

  @Test
  void machineThatIsUnknownForNowChangesNothingButTheCondition() throws IOException {
    VmStatus previous = status(Machines.typical(1).guestOS(null).unreadable(Fact.GUEST_OS).build());
    VirtualMachine unknown = VirtualMachine.unknownForNow(Machines.id(1));
    ObjectNode expected = (ObjectNode) json(previous);
    expected.remove("conditions");

    VmStatus status = VmStatusMapper.status(unknown, previous, NOW);

    assertThat(status.conditions().get(0)).isEqualTo(previous.conditions().get(0));
    assertThat(status.conditions().subList(1, status.conditions().size()))
        .extracting(Condition::type)
        .containsExactly("Stale");
    ObjectNode json = (ObjectNode) json(status);
    json.remove("conditions");
    assertThat(json.properties()).isEqualTo(expected.properties());
  }

  /** A machine with all facts, each different from those of {@link Machines#typical}. */
  private static VirtualMachine.Builder allChanged() {
    return VirtualMachine.builder(Machines.id(7), "db")
        .powerState(PowerState.SUSPENDED)
        .numCpu(8)
        .memoryMB(4096)
        .ips(List.of("10.9.9.9"))
        .nics(List.of(Nic.of("00:50:56:00:00:99", "LAN", List.of("10.9.9.9"))))
        .guestHostName("db.example.com")
        .guestOS("Debian")
        .toolsStatus("guestToolsNotRunning")
        .template(true)
        .host("esx-99")
        .cluster("cluster-9")
        .datacenter("DC9")
        .folder("/DC9/vm/db")
        .instanceUuid("i")
        .biosUuid("b");
  }

  private static Set<String> fieldsOf(Fact fact) {
    return fact == Fact.IPS ? Set.of("ips", "primaryIP") : Set.of(RecordCondition.field(fact));
  }

  @Test
  void atMostTenCardsAreListed() {
    List<Nic> nics =
        IntStream.range(0, 11).mapToObj(n -> Nic.of("00:" + (10 + n), "a", List.of())).toList();

    assertThat(status(machine("10.0.0.1", List.of(), nics)).nics()).hasSize(10);
    assertThat(status(machine("10.0.0.1", List.of(), nics)).nicsTruncated()).isTrue();
    assertThat(status(machine("10.0.0.1", List.of(), nics.subList(0, 10))).nicsTruncated())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "日", "😀", "\u0000", "\ud800", "\"", "é"})
  void hostileValuesFitTheSchema(String part) throws IOException {
    JsonNode schema =
        new YAMLMapper()
            .readTree(CustomResourceDefinitions.vms())
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/status");
    JsonNode status = json(status(hostile(part.repeat(5000))));

    List<String> violations = new ArrayList<>();
    check(status, schema, "status", violations);

    assertThat(violations).isEmpty();
    assertThat(status.path("folder").asText()).endsWith("…");
    assertThat(status.path("ipsTruncated").asBoolean()).isTrue();
    assertThat(status.path("nicsTruncated").asBoolean()).isTrue();
  }

  private static VirtualMachine hostile(String text) {
    List<String> ips = IntStream.range(0, 100).mapToObj(n -> n + text).toList();
    VirtualMachine.Builder builder =
        VirtualMachine.builder(Machines.id(1), "n" + text)
            .powerState(PowerState.SUSPENDED)
            .numCpu(Integer.MAX_VALUE)
            .memoryMB(Integer.MAX_VALUE)
            .ips(ips)
            .nics(IntStream.range(0, 100).mapToObj(n -> Nic.of(n + text, text, ips)).toList())
            .guestHostName(text)
            .guestOS(text)
            .toolsStatus(text)
            .template(true)
            .host(text)
            .cluster(text)
            .datacenter(text)
            .folder(text)
            .instanceUuid(text)
            .biosUuid(text);
    for (Fact fact : Fact.values()) {
      builder.unreadable(fact);
    }
    return builder.build();
  }

  private static void check(JsonNode value, JsonNode schema, String path, List<String> violations) {
    if (schema.has("maxLength")) {
      int length = value.asText().codePointCount(0, value.asText().length());
      if (length > schema.path("maxLength").asInt()) {
        violations.add(path + " has " + length + " characters");
      }
    }
    if (schema.has("maximum") && value.asLong() > schema.path("maximum").asLong()) {
      violations.add(path + " is " + value);
    }
    if (schema.has("maxItems") && value.size() > schema.path("maxItems").asInt()) {
      violations.add(path + " has " + value.size() + " items");
    }
    for (JsonNode item : schema.has("items") ? value : List.<JsonNode>of()) {
      check(item, schema.path("items"), path + "[]", violations);
    }
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      JsonNode inner = schema.path("properties").path(property.getKey());
      if (inner.isMissingNode()) {
        violations.add(path + "." + property.getKey() + " is not in the schema");
      }
      check(property.getValue(), inner, path + "." + property.getKey(), violations);
    }
  }

  private static VirtualMachine machine(String primary, List<String> others, List<Nic> nics) {
    List<String> ips = new ArrayList<>(List.of(primary));
    ips.addAll(others);
    return VirtualMachine.builder(Machines.id(1), "a").ips(ips).nics(nics).build();
  }

  private static VmStatus status(VirtualMachine machine) {
    return VmStatusMapper.status(machine, VmStatus.empty(), NOW);
  }

  private JsonNode json(VmStatus status) throws IOException {
    return new ObjectMapper().readTree(serialization.asJson(status));
  }
}
