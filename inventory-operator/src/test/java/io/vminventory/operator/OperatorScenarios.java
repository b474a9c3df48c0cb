package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promises of the operator to its users, with any peers. */
@Timeout(180)
abstract class OperatorScenarios {

  private OperatorFixture fixture;
  private final List<String> machines = new ArrayList<>();

  /** The peers that all scenarios of a class share. */
  abstract Peers peers();

  @BeforeEach
  void setUp() throws Exception {
    fixture = new OperatorFixture(peers());
    fixture.start();
  }

  @AfterEach
  void tearDown() throws Exception {
    machines.forEach(peers()::destroy);
    fixture.close();
    assertThat(peers().sessions()).as("sessions left open").isZero();
  }

  private String create(String name) {
    String machine = peers().create(name);
    machines.add(machine);
    return machine;
  }

  private void destroy(String machine) {
    machines.remove(machine);
    peers().destroy(machine);
  }

  private static String unique(String name) {
    return name + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  @Test
  void everyMachineIsRecordedAndTheTenantIsReady() {
    fixture.register("test");
    fixture.awaitUpToDate("test");
    fixture.awaitExecuted("test");

    TenantStatus status = fixture.status("test");
    assertThat(fixture.records()).hasSizeGreaterThan(1);
    assertThat(status.vmCount()).isEqualTo(fixture.records().size());
    assertThat(fixture.records())
        .allSatisfy(
            vm -> {
              assertThat(vm.getMetadata().getLabels())
                  .containsEntry("app.kubernetes.io/managed-by", "vminventory")
                  .containsEntry("vminventory.io/tenant", "test")
                  .containsEntry("vminventory.io/tenant-namespace", fixture.namespace);
              assertThat(vm.getSpec().source().key()).matches("[0-9a-f-]{36}/vm-\\d+");
              assertThat(vm.getStatus().updateDate()).isNotNull();
            })
        .anySatisfy(vm -> assertThat(vm.getStatus().powerState()).hasToString("poweredOn"));
    assertThat(status.execDate()).isNotNull();
    assertThat(status.serverVersion()).contains("vCenter");
    assertThat(fixture.condition("test", "Authenticated").orElseThrow().holds()).isTrue();
    assertThat(fixture.condition("test", "Synced").orElseThrow().holds()).isTrue();
    fixture.awaitEvent("test", "ReadComplete");
    assertThat(peers().sessions()).isEqualTo(1);
  }

  @Test
  void readThatChangesNothingWritesNothing() {
    fixture.register("test", fixture.target, "sync: Manual");
    fixture.awaitExecuted("test");
    Map<String, String> before = versions();
    int writes = peers().vmWrites();

    request("test", "again");

    assertThat(peers().vmWrites()).isEqualTo(writes);
    assertThat(versions()).isEqualTo(before);
    assertThat(peers().sessions()).isZero();
  }

  @Test
  void metricsMatchTheRecords() throws Exception {
    fixture.register("test");
    fixture.awaitUpToDate("test");
    MetricsScrape scrape = new MetricsScrape(fixture.httpPort());
    int machines = fixture.records().size();
    String tenant = "server=default,tenant=test,tenant_namespace=" + fixture.namespace;
    String writes = "vminventory_tenant_writes_total{" + tenant + ",kind=";
    Eventually.within(OperatorFixture.TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(scrape.samples())
                    .containsEntry("vminventory_operator_ready{}", 1.0)
                    .containsEntry("vminventory_server_sessions_open{server=default}", 1.0)
                    .containsEntry("vminventory_tenant_ready{" + tenant + "}", 1.0)
                    .containsEntry("vminventory_tenant_vms{" + tenant + "}", (double) machines)
                    .containsEntry(writes + "created}", (double) machines));

    String machine = create(unique("counted"));
    destroy(machine);
    create(unique("counted"));
    Eventually.within(OperatorFixture.TIMEOUT)
        .untilAsserted(
            () -> {
              Map<String, Double> samples = scrape.samples();
              assertThat(samples)
                  .containsEntry("vminventory_tenant_vms{" + tenant + "}", machines + 1.0)
                  .hasEntrySatisfying(
                      "vminventory_server_change_lag_seconds_count{server=default}",
                      count -> assertThat(count).isPositive());
              // The first may have been removed before the operator saw it.
              assertThat(
                      samples.getOrDefault(writes + "created}", Double.NaN)
                          - samples.getOrDefault(writes + "removed}", Double.NaN))
                  .isEqualTo(fixture.records().size())
                  .isEqualTo(machines + 1);
            });
    assertThat(scrape.families()).containsAll(MetricsScrape.documented());

    fixture.tenant("test").delete();
    Eventually.within(OperatorFixture.TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(scrape.samples().keySet())
                    .noneMatch(series -> series.contains(fixture.namespace)));
  }

  @Test
  void changesInVcenterAreRecorded() {
    fixture.register("test");
    fixture.awaitUpToDate("test");
    String name = unique("Web Server_1");

    String machine = create(name);
    VmResource record = fixture.awaitRecord(name);
    assertThat(record.getMetadata().getName()).startsWith("web-server-1-");
    assertThat(record.getStatus().powerState()).hasToString("poweredOff");
    assertThat(record.getStatus().ips()).isNullOrEmpty();

    peers().powerOn(machine);
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(
            () -> fixture.awaitRecord(name).getStatus(),
            status -> "poweredOn".equals(String.valueOf(status.powerState())));

    peers().rename(machine, name + "-b");
    assertThat(fixture.awaitRecord(name + "-b").getMetadata().getName())
        .isEqualTo(record.getMetadata().getName());
    Eventually.within(OperatorFixture.TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(fixture.events(record.getMetadata().getName()))
                    .extracting(Event::getMessage)
                    .anyMatch(message -> message.contains("poweredOff -> poweredOn")));

    destroy(machine);
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(() -> fixture.record(name + "-b"), Optional::isEmpty);
  }

  @Test
  void unusualNamesAreRecordedAndStableOverRestarts() throws Exception {
    String tail = UUID.randomUUID().toString().substring(0, 6);
    List<String> names =
        List.of(
            "Web Server_1 " + tail,
            tail + "x".repeat(194),
            "データベース" + tail,
            "../../etc/" + tail,
            "r&d <b> \"" + tail);
    List<String> possible = names.stream().filter(peers()::canName).toList();
    possible.forEach(this::create);
    String twin = "twin-" + tail;
    create(twin);
    machines.add(peers().createElsewhere(twin));
    fixture.register("test");
    fixture.awaitUpToDate("test");
    possible.forEach(fixture::awaitRecord);
    assertThat(fixture.records())
        .filteredOn(vm -> twin.equals(vm.getStatus().vmname()))
        .hasSize(2)
        .extracting(vm -> vm.getStatus().folder())
        .doesNotHaveDuplicates();
    Map<String, String> before = objectsByKey();

    fixture.stop();
    fixture.start();
    request("test", "after the restart");

    assertThat(objectsByKey()).isEqualTo(before);
  }

  @Test
  void requestsAreHandledOnceAndEchoed() {
    fixture.register("test", fixture.target, "sync: Manual", "execFlag: false");
    fixture.awaitCondition("test", "Ready", "Unknown", "ReadPending");
    assertThat(fixture.records()).isEmpty();

    request("test", "monday");
    int recorded = fixture.records().size();
    assertThat(recorded).isPositive();

    fixture.setSpec("test", "execFlag", "true");
    fixture.awaitExecuted("test");
    assertThat(fixture.records()).hasSize(recorded);
    assertThat(fixture.status("test").lastHandledRequest()).isEqualTo("monday");
  }

  @Test
  void intervalReadsHoldNoSessionInBetween() {
    fixture.register("test", fixture.target, "sync: Interval", "interval: 2s");
    fixture.awaitUpToDate("test");
    String name = unique("later");
    create(name);
    fixture.awaitRecord(name);
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> peers().sessions() == 0);
  }

  @Test
  void suspendingEndsTheSessionAndKeepsTheRecords() {
    fixture.register("test");
    fixture.awaitUpToDate("test");
    int recorded = fixture.records().size();

    fixture.setSpec("test", "suspend", "true");
    fixture.awaitCondition("test", "Ready", "False", "Suspended");
    assertThat(peers().sessions()).isZero();
    assertThat(fixture.records()).hasSize(recorded);

    fixture.setSpec("test", "suspend", "false");
    fixture.awaitUpToDate("test");
  }

  @Test
  void deletingATenantRemovesItsRecords() {
    fixture.register("test");
    fixture.awaitUpToDate("test");
    fixture.tenant("test").delete();
    awaitGone("test");
    assertThat(fixture.records()).isEmpty();
    assertThat(peers().sessions()).isZero();
  }

  @Test
  void deletingATenantCanRetainItsRecords() {
    fixture.register("test", fixture.target, "deletionPolicy: Retain");
    fixture.awaitUpToDate("test");
    Map<String, String> before = objectsByKey();
    fixture.tenant("test").delete();
    awaitGone("test");
    assertThat(objectsByKey()).isEqualTo(before);
    assertThat(fixture.records())
        .allSatisfy(
            vm ->
                assertThat(vm.getMetadata().getLabels())
                    .satisfiesAnyOf(
                        labels -> assertThat(labels).isNull(),
                        labels -> assertThat(labels).doesNotContainKey(Names.TENANT_LABEL)));

    fixture.register("test");
    fixture.awaitUpToDate("test");
    assertThat(objectsByKey()).isEqualTo(before);
  }

  @Test
  void twoTenantsInOneNamespaceKeepTheirOwnRecords() {
    fixture.register("one");
    fixture.awaitUpToDate("one");
    int recorded = fixture.records().size();
    fixture.register("two");
    fixture.awaitUpToDate("two");
    assertThat(fixture.records()).hasSize(2 * recorded);

    fixture.tenant("one").delete();
    awaitGone("one");
    assertThat(fixture.records())
        .hasSize(recorded)
        .allSatisfy(vm -> assertThat(vm.getSpec().source().tenant()).isEqualTo("two"));
  }

  @Test
  void manyDeletionsAreHeldUntilConfirmed() {
    fixture.register("test", fixture.target, "sync: Manual", "execFlag: false");
    int many = 60;
    List<String> created = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      created.add(create(unique("bulk")));
    }
    request("test", "all");
    int all = fixture.records().size();
    created.forEach(this::destroy);

    request("test", "after");
    String message = fixture.awaitCondition("test", "Synced", "False", "MassDeletionHeld");
    assertThat(message).contains("vminventory.io/confirm-deletion=" + many);
    assertThat(fixture.records()).hasSize(all);

    fixture.annotate("test", Names.CONFIRM_DELETION_ANNOTATION, "7");
    awaitConfirmationTaken();
    assertThat(fixture.records()).hasSize(all);

    fixture.annotate("test", Names.CONFIRM_DELETION_ANNOTATION, String.valueOf(many));
    fixture.awaitUpToDate("test");
    awaitConfirmationTaken();
    assertThat(fixture.records()).hasSize(all - many);
  }

  private void awaitConfirmationTaken() {
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(
            () -> fixture.tenant("test").get().getMetadata().getAnnotations(),
            annotations ->
                annotations == null || !annotations.containsKey(Names.CONFIRM_DELETION_ANNOTATION));
  }

  private void awaitGone(String tenant) {
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> fixture.tenant(tenant).get() == null);
  }

  /** Requests a complete read and waits until it is handled. */
  private void request(String tenant, String token) {
    fixture.annotate(tenant, Names.SYNC_REQUESTED_ANNOTATION, token);
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(() -> fixture.status(tenant).lastHandledRequest(), token::equals);
  }

  private Map<String, String> objectsByKey() {
    return fixture.records().stream()
        .collect(
            Collectors.toMap(
                vm -> vm.getSpec().source().key(),
                vm -> vm.getMetadata().getName(),
                (a, b) -> a + "," + b,
                TreeMap::new));
  }

  private Map<String, String> versions() {
    return fixture.records().stream()
        .collect(
            Collectors.toMap(
                vm -> vm.getMetadata().getName(),
                vm -> vm.getMetadata().getResourceVersion() + vm.getStatus().updateDate()));
  }
}
