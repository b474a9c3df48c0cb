package io.vminventory.vsphere;

import static io.vminventory.vsphere.Objects.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a server can make us keep. */
@Tag("pure")
class CapacityTest {

  @Test
  void moreThanFitsIsRefused() throws Exception {
    Capacity capacity = new Capacity(10);
    capacity.take(10);
    assertThatThrownBy(() -> capacity.take(1))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("more than a vCenter can hold");
  }

  @Test
  void objectThatIsToldAgainAndAgainTakesItsRoomOnce() throws Exception {
    ManagedObject machine = vm("vm-1").with("name", "web").read();
    FoundObjects<ManagedObject> found = new FoundObjects<>(new Capacity(2L * machine.weight()));
    for (int i = 0; i < 100; i++) {
      found.put(machine, Function.identity());
    }
    found.put(vm("vm-2").with("name", "web").read(), Function.identity());
    ManagedObject third = vm("vm-3").read();
    assertThatThrownBy(() -> found.put(third, Function.identity()))
        .isInstanceOf(UnexpectedResponseException.class);

    found.clear();
    found.put(machine, Function.identity());
    found.forget("vm-1");
    found.forget("vm-1");
    found.put(machine, Function.identity());
    assertThat(found.asMap()).containsOnlyKeys("vm-1");
  }

  @Test
  void theLargestVcenterFitsThreeTimes() throws Exception {
    Objects machine = vm("vm-1").with("name", "a-name-of-usual-length").with("parent", "group-v3");
    MachineMapper.PROPERTIES.forEach(path -> machine.with(path, "x".repeat(30)));
    assertThat(3L * 40_000 * machine.read().weight()).isLessThan(Capacity.MOST_BYTES);
  }

  @Test
  void cookiesAreFewAndShortAndFitAHeader() {
    Cookies cookies = new Cookies();
    cookies.keep(
        List.of("a=1", "b=\"x\"", "a=2", "no", "=v", "c=\u0001", "d=\u00e4", "e=1\r\nX: y"));
    assertThat(cookies.header()).isEqualTo("a=2; b=\"x\"");

    cookies.keep(List.of("long=" + "x".repeat(Cookies.LONGEST)));
    for (int i = 0; i < 100; i++) {
      cookies.keep(List.of("n" + i + "=v"));
    }
    cookies.keep(List.of("a=3"));
    assertThat(cookies.header().split("; ")).hasSize(Cookies.MOST).contains("a=3");
  }
}
