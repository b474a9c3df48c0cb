package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class RecordNamesTest {

  private final RecordNames names = new RecordNames(new TenantId("default", "test"));

  @ParameterizedTest
  @ValueSource(strings = {"nwcd-ike-a-m1", "a", "7", "web.example.com", "10.0.0.1"})
  void legalNameIsKept(String name) {
    assertThat(only(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Web Server_1|web-server-1",
        "WEB|web",
        "web.|web",
        "web...|web",
        ".web|web",
        "a..b|a-b",
        "-a-|a",
        "../../x|x",
        "日本語|vm",
        "東京-web-01|web-01",
        "😀|vm",
        "ＷＥＢ１|web1",
        "Größe Łódź|grosse-lodz",
        "Ærøskøbing|aeroskobing",
        "İstanbul|istanbul",
        "a%2fb|a-2fb",
        "a   __  b|a-b"
      })
  void otherNamesBecomeASlugAndAHash(String name, String slug) {
    assertThat(RecordNames.slug(name)).isEqualTo(slug);
    assertThat(only(name)).matches(slug + "-[0-9a-f]{10}");
  }

  @Test
  void longNamesAreCut() {
    assertThat(only("a".repeat(253))).isEqualTo("a".repeat(253));
    assertThat(only("a".repeat(254))).matches("a{40}-[0-9a-f]{10}");
    assertThat(only("Ab".repeat(100))).matches("(ab){20}-[0-9a-f]{10}");
    assertThat(RecordNames.slug("A".repeat(39) + "--b")).isEqualTo("a".repeat(39));
  }

  @Test
  void everyNameIsLegal() {
    Random random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      StringBuilder name = new StringBuilder("x");
      random.ints(random.nextInt(120), 1, 0x3000).forEach(name::appendCodePoint);
      assertThat(only(name.toString())).matches(RecordNames::isLegal);
    }
  }

  @Test
  void hashDependsOnTenantAndMachineAlone() {
    VirtualMachine machine = Machines.named(1, "Web");
    String name = only("Web");

    assertThat(choose(names, List.of(machine), Set.of("x"))).containsValue(name);
    assertThat(choose(names, List.of(Machines.named(2, "Web")), Set.of()))
        .doesNotContainValue(name);
    assertThat(
            choose(new RecordNames(new TenantId("default", "other")), List.of(machine), Set.of()))
        .doesNotContainValue(name);
    assertThat(choose(new RecordNames(new TenantId("other", "test")), List.of(machine), Set.of()))
        .doesNotContainValue(name);
  }

  @Test
  void machinesOfOneNameAllGetAHash() {
    List<VirtualMachine> machines =
        IntStream.range(0, 5).mapToObj(n -> Machines.named(n, "web")).toList();

    Map<VirtualMachineId, String> chosen = choose(names, machines, Set.of());

    assertThat(chosen.values())
        .doesNotHaveDuplicates()
        .allMatch(n -> n.matches("web-[0-9a-f]{10}"));
  }

  @Test
  void standInForAnUnknownNameFollowsTheSameRule() {
    VirtualMachine unknown = VirtualMachine.unknownForNow(Machines.id(57));
    VirtualMachine sameId =
        VirtualMachine.unknownForNow(new VirtualMachineId("another-server/vm-57"));

    assertThat(choose(names, List.of(unknown), Set.of())).containsValue("vm-57");
    assertThat(choose(names, List.of(unknown, sameId), Set.of()).values())
        .doesNotHaveDuplicates()
        .allMatch(n -> n.matches("vm-57-[0-9a-f]{10}"));
    assertThat(choose(names, List.of(unknown, Machines.named(1, "vm-57")), Set.of()).values())
        .doesNotHaveDuplicates()
        .allMatch(n -> n.matches("vm-57-[0-9a-f]{10}"));
    assertThat(choose(names, List.of(unknown), Set.of("vm-57")).values())
        .singleElement()
        .asString()
        .matches("vm-57-[0-9a-f]{10}");
  }

  @Test
  void nameOfAnyOtherObjectIsNotFree() {
    assertThat(choose(names, List.of(Machines.named(1, "web")), Set.of("web")).values())
        .singleElement()
        .asString()
        .matches("web-[0-9a-f]{10}");
  }

  @Test
  void takenHashGetsLonger() {
    String small = only("Web");

    assertThat(choose(names, List.of(Machines.named(1, "Web")), Set.of(small)).values())
        .singleElement()
        .asString()
        .startsWith(small)
        .matches("web-[0-9a-f]{40}");
  }

  @Test
  void nameThatLooksLikeTheHashedFormOfAnotherIsNotKept() {
    String small = only("Web");

    assertThat(choose(names, List.of(Machines.named(1, "Web"), Machines.named(2, small)), Set.of()))
        .contains(entry(Machines.id(1), small))
        .hasEntrySatisfying(
            Machines.id(2), name -> assertThat(name).matches(small + "-[0-9a-f]{10}"));
  }

  @Test
  void orderOfTheMachinesDoesNotMatter() {
    List<VirtualMachine> machines = new ArrayList<>();
    for (String name : List.of("web", "web", "Web", "db", "DB", "x y", "x-y", "x_y", "日本")) {
      machines.add(Machines.named(machines.size() + 1, name));
    }
    machines.add(
        Machines.named(99, choose(names, machines, Set.of()).getOrDefault(Machines.id(3), "")));
    Map<VirtualMachineId, String> expected = choose(names, machines, Set.of("db"));

    Random random = new Random(42);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(machines, random);
      assertThat(choose(names, machines, Set.of("db"))).isEqualTo(expected);
    }
    assertThat(expected.values()).doesNotHaveDuplicates();
  }

  private String only(String name) {
    return choose(names, List.of(Machines.named(1, name)), Set.of()).values().iterator().next();
  }

  private static Map<VirtualMachineId, String> choose(
      RecordNames names, List<VirtualMachine> machines, Set<String> taken) {
    return names.choose(machines, taken);
  }
}
