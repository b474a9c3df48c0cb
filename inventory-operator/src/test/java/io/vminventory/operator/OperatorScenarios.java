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

/** What the operator promises its users, with any peers. */
@Timeout(180)
abstract class OperatorScenarios {

  private OperatorBench bench;
  private final List<String> machines = new ArrayList<>();

  /** The peers that all scenarios of a class share. */
  abstract Peers peers();

  @BeforeEach
  void setUp() throws Exception {
    bench = new OperatorBench(peers());
    bench.start();
  }

  @AfterEach
  void tearDown() throws Exception {
    machines.forEach(peers()::destroy);
    bench.close();
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
  void everyMachineIsRecordedAndTheTenantSaysSo() {
    bench.register("test");
    bench.awaitUpToDate("test");
    bench.awaitExecuted("test");

    TenantStatus status = bench.status("test");
    assertThat(bench.records()).hasSizeGreaterThan(1);
    assertThat(status.vmCount()).isEqualTo(bench.records().size());
    assertThat(bench.records())
        .allSatisfy(
            vm -> {
              assertThat(vm.getMetadata().getLabels())
                  .containsEntry("app.kubernetes.io/managed-by", "vminventory")
                  .containsEntry("vminventory.io/tenant", "test")
                  .containsEntry("vminventory.io/tenant-namespace", bench.namespace);
              assertThat(vm.getSpec().source().key()).matches("[0-9a-f-]{36}/vm-\\d+");
              assertThat(vm.getStatus().updateDate()).isNotNull();
            })
        .anySatisfy(vm -> assertThat(vm.getStatus().powerState()).hasToString("poweredOn"));
    assertThat(status.execDate()).isNotNull();
    assertThat(status.serverVersion()).contains("vCenter");
    assertThat(bench.condition("test", "Authenticated").orElseThrow().holds()).isTrue();
    assertThat(bench.condition("test", "Synced").orElseThrow().holds()).isTrue();
    bench.awaitEvent("test", "ReadComplete");
    assertThat(peers().sessions()).isEqualTo(1);
  }

  @Test
  void aReadThatChangesNothingWritesNothing() {
    bench.register("test", bench.target, "sync: Manual");
    bench.awaitExecuted("test");
    Map<String, String> before = versions();
    int writes = peers().vmWrites();

    request("test", "again");

    assertThat(peers().vmWrites()).isEqualTo(writes);
    assertThat(versions()).isEqualTo(before);
    assertThat(peers().sessions()).isZero();
  }

  @Test
  void theMetricsCountWhatTheRecordsShow() throws Exception {
    bench.register("test");
    bench.awaitUpToDate("test");
    Scrape scrape = new Scrape(bench.httpPort());
    int machines = bench.records().size();
    String tenant = "server=default,tenant=test,tenant_namespace=" + bench.namespace;
    String writes = "vminventory_tenant_writes_total{" + tenant + ",kind=";
    Eventually.within(OperatorBench.PATIENCE)
        .untilPasses(
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
    Eventually.within(OperatorBench.PATIENCE)
        .untilPasses(
            () -> {
              Map<String, Double> samples = scrape.samples();
              assertThat(samples)
                  .containsEntry("vminventory_tenant_vms{" + tenant + "}", machines + 1.0)
                  .hasEntrySatisfying(
                      "vminventory_server_change_lag_seconds_count{server=default}",
                      count -> assertThat(count).isPositive());
              // Whether the first was seen before it was gone is a matter of time.
              assertThat(
                      samples.getOrDefault(writes + "created}", Double.NaN)
                          - samples.getOrDefault(writes + "removed}", Double.NaN))
                  .isEqualTo(bench.records().size())
                  .isEqualTo(machines + 1);
            });
    assertThat(scrape.families()).containsAll(Scrape.documented());

    bench.tenant("test").delete();
    Eventually.within(OperatorBench.PATIENCE)
        .untilPasses(
            () ->
                assertThat(scrape.samples().keySet())
                    .noneMatch(series -> series.contains(bench.namespace)));
  }

  @Test
  void changesInVcenterFollow() {
    bench.register("test");
    bench.awaitUpToDate("test");
    String name = unique("Web Server_1");

    String machine = create(name);
    VmResource record = bench.awaitRecord(name);
    assertThat(record.getMetadata().getName()).startsWith("web-server-1-");
    assertThat(record.getStatus().powerState()).hasToString("poweredOff");
    assertThat(record.getStatus().ips()).isNullOrEmpty();

    peers().powerOn(machine);
    Eventually.within(OperatorBench.PATIENCE)
        .until(
            () -> bench.awaitRecord(name).getStatus(),
            status -> "poweredOn".equals(String.valueOf(status.powerState())));

    peers().rename(machine, name + "-b");
    assertThat(bench.awaitRecord(name + "-b").getMetadata().getName())
        .isEqualTo(record.getMetadata().getName());
    Eventually.within(OperatorBench.PATIENCE)
        .untilPasses(
            () ->
                assertThat(bench.events(record.getMetadata().getName()))
                    .extracting(Event::getMessage)
                    .anyMatch(message -> message.contains("poweredOff -> poweredOn")));

    destroy(machine);
    Eventually.within(OperatorBench.PATIENCE)
        .until(() -> bench.record(name + "-b"), Optional::isEmpty);
  }

  @Test
  void oddNamesAreAllPresentAndStableOverRestarts() throws Exception {
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
    bench.register("test");
    bench.awaitUpToDate("test");
    possible.forEach(bench::awaitRecord);
    assertThat(bench.records())
        .filteredOn(vm -> twin.equals(vm.getStatus().vmname()))
        .hasSize(2)
        .extracting(vm -> vm.getStatus().folder())
        .doesNotHaveDuplicates();
    Map<String, String> before = objectsByKey();

    bench.stop();
    bench.start();
    request("test", "after the restart");

    assertThat(objectsByKey()).isEqualTo(before);
  }

  @Test
  void requestsAreAnsweredOnceAndEchoed() {
    bench.register("test", bench.target, "sync: Manual", "execFlag: false");
    bench.awaitCondition("test", "Ready", "Unknown", "ReadPending");
    assertThat(bench.records()).isEmpty();

    request("test", "monday");
    int recorded = bench.records().size();
    assertThat(recorded).isPositive();

    bench.setSpec("test", "execFlag", "true");
    bench.awaitExecuted("test");
    assertThat(bench.records()).hasSize(recorded);
    assertThat(bench.status("test").lastHandledRequest()).isEqualTo("monday");
  }

  @Test
  void intervalReadsAgainAndAgainAndHoldsNoSessionBetween() {
    bench.register("test", bench.target, "sync: Interval", "interval: 2s");
    bench.awaitUpToDate("test");
    String name = unique("later");
    create(name);
    bench.awaitRecord(name);
    Eventually.within(OperatorBench.PATIENCE).until(() -> peers().sessions() == 0);
  }

  @Test
  void suspendingEndsTheSessionAndKeepsTheRecords() {
    bench.register("test");
    bench.awaitUpToDate("test");
    int recorded = bench.records().size();

    bench.setSpec("test", "suspend", "true");
    bench.awaitCondition("test", "Ready", "False", "Suspended");
    assertThat(peers().sessions()).isZero();
    assertThat(bench.records()).hasSize(recorded);

    bench.setSpec("test", "suspend", "false");
    bench.awaitUpToDate("test");
  }

  @Test
  void deletingATenantRemovesItsRecords() {
    bench.register("test");
    bench.awaitUpToDate("test");
    bench.tenant("test").delete();
    awaitGone("test");
    assertThat(bench.records()).isEmpty();
    assertThat(peers().sessions()).isZero();
  }

  @Test
  void deletingATenantCanRetainItsRecords() {
    bench.register("test", bench.target, "deletionPolicy: Retain");
    bench.awaitUpToDate("test");
    Map<String, String> before = objectsByKey();
    bench.tenant("test").delete();
    awaitGone("test");
    assertThat(objectsByKey()).isEqualTo(before);
    assertThat(bench.records())
        .allSatisfy(
            vm ->
                assertThat(vm.getMetadata().getLabels())
                    .satisfiesAnyOf(
                        labels -> assertThat(labels).isNull(),
                        labels -> assertThat(labels).doesNotContainKey(Names.TENANT_LABEL)));

    bench.register("test");
    bench.awaitUpToDate("test");
    assertThat(objectsByKey()).isEqualTo(before);
  }

  @Test
  void twoTenantsInOneNamespaceKeepTheirOwnRecords() {
    bench.register("one");
    bench.awaitUpToDate("one");
    int recorded = bench.records().size();
    bench.register("two");
    bench.awaitUpToDate("two");
    assertThat(bench.records()).hasSize(2 * recorded);

    bench.tenant("one").delete();
    awaitGone("one");
    assertThat(bench.records())
        .hasSize(recorded)
        .allSatisfy(vm -> assertThat(vm.getSpec().source().tenant()).isEqualTo("two"));
  }

  @Test
  void manyDeletionsAtOnceAreHeldUntilConfirmed() {
    bench.register("test", bench.target, "sync: Manual", "execFlag: false");
    int many = 60;
    List<String> created = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      created.add(create(unique("bulk")));
    }
    request("test", "all");
    int all = bench.records().size();
    created.forEach(this::destroy);

    request("test", "after");
    String message = bench.awaitCondition("test", "Synced", "False", "MassDeletionHeld");
    assertThat(message).contains("vminventory.io/confirm-deletion=" + many);
    assertThat(bench.records()).hasSize(all);

    bench.annotate("test", Names.CONFIRM_DELETION_ANNOTATION, "7");
    awaitConfirmationTaken();
    assertThat(bench.records()).hasSize(all);

    bench.annotate("test", Names.CONFIRM_DELETION_ANNOTATION, String.valueOf(many));
    bench.awaitUpToDate("test");
    awaitConfirmationTaken();
    assertThat(bench.records()).hasSize(all - many);
  }

  private void awaitConfirmationTaken() {
    Eventually.within(OperatorBench.PATIENCE)
        .until(
            () -> bench.tenant("test").get().getMetadata().getAnnotations(),
            annotations ->
                annotations == null || !annotations.containsKey(Names.CONFIRM_DELETION_ANNOTATION));
  }

  private void awaitGone(String tenant) {
    Eventually.within(OperatorBench.PATIENCE).until(() -> bench.tenant(tenant).get() == null);
  }

  /** Asks for a complete read and waits until it is answered. */
  private void request(String tenant, String token) {
    bench.annotate(tenant, Names.SYNC_REQUESTED_ANNOTATION, token);
    Eventually.within(OperatorBench.PATIENCE)
        .until(() -> bench.status(tenant).lastHandledRequest(), token::equals);
  }

  private Map<String, String> objectsByKey() {
    return bench.records().stream()
        .collect(
            Collectors.toMap(
                vm -> vm.getSpec().source().key(),
                vm -> vm.getMetadata().getName(),
                (a, b) -> a + "," + b,
                TreeMap::new));
  }

  private Map<String, String> versions() {
    return bench.records().stream()
        .collect(
            Collectors.toMap(
                vm -> vm.getMetadata().getName(),
                vm -> vm.getMetadata().getResourceVersion() + vm.getStatus().updateDate()));
  }
}
