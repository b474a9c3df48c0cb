package io.vminventory.vsphere;

import static io.vminventory.vsphere.ObjectXml.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits on what a server can make the provider keep. */
@Tag("pure")
class MemoryBudgetTest {

  @Test
  void moreThanTheBudgetIsRefused() throws Exception {
    MemoryBudget budget = new MemoryBudget(10);
    budget.reserve(10);
    assertThatThrownBy(() -> budget.reserve(1))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("more than a vCenter can hold");
  }

  @Test
  void repeatedObjectIsCountedOnce() throws Exception {
    ManagedObject machine = vm("vm-1").with("name", "web").read();
    FoundObjects<ManagedObject> found = new FoundObjects<>(new MemoryBudget(2L * machine.weight()));
    for (int i = 0; i < 100; i++) {
      found.put(machine, Function.identity());
    }
    found.put(vm("vm-2").with("name", "web").read(), Function.identity());
    ManagedObject third = vm("vm-3").read();
    assertThatThrownBy(() -> found.put(third, Function.identity()))
        .isInstanceOf(UnexpectedResponseException.class);

    found.clear();
    found.put(machine, Function.identity());
    found.remove("vm-1");
    found.remove("vm-1");
    found.put(machine, Function.identity());
    assertThat(found.asMap()).containsOnlyKeys("vm-1");
  }

  @Test
  void threeOfTheLargestVcentersFit() throws Exception {
    ObjectXml machine =
        vm("vm-1").with("name", "a-name-of-usual-length").with("parent", "group-v3");
    MachineMapper.PROPERTIES.forEach(path -> machine.with(path, "x".repeat(30)));
    assertThat(3L * 40_000 * machine.read().weight()).isLessThan(MemoryBudget.MAX_BYTES);
  }

  @Test
  void onlyFewShortAndValidCookiesAreStored() {
    Cookies cookies = new Cookies();
    cookies.store(
        List.of("a=1", "b=\"x\"", "a=2", "no", "=v", "c=\u0001", "d=\u00e4", "e=1\r\nX: y"));
    assertThat(cookies.header()).isEqualTo("a=2; b=\"x\"");

    cookies.store(List.of("long=" + "x".repeat(Cookies.MAX_LENGTH)));
    for (int i = 0; i < 100; i++) {
      cookies.store(List.of("n" + i + "=v"));
    }
    cookies.store(List.of("a=3"));
    assertThat(cookies.header().split("; ")).hasSize(Cookies.MAX_COOKIES).contains("a=3");
  }
}
