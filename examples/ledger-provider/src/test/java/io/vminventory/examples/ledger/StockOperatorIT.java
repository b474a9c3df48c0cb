package io.vminventory.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * The packaged provider in the stock operator, with a real API server and kubectl. At the end it
 * deletes the CRDs, and with them all Tenants and records.
 */
@EnabledIfEnvironmentVariable(named = Kubectl.KUBECONFIG, matches = ".+")
@Timeout(60)
@Tag("slow")
class StockOperatorIT {

  private static final Path OPERATOR = Path.of("../../inventory-operator");
  private static final String CRDS = OPERATOR.resolve("deploy/crds").toString();
  private static final Path OPERATOR_JAR =
      Path.of(
          System.getenv()
              .getOrDefault(
                  "VMINVENTORY_OPERATOR_JAR",
                  OPERATOR.resolve("target/vminventory-operator.jar").toString()));
  private static final Path PROVIDER_JAR = Path.of("target/ledger-provider.jar");
  private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MACHINES = 20;

  @TempDir private static Path folder;
  private static Path ledger = Path.of("");
  private static final Kubectl KUBECTL = new Kubectl("ledger-it");
  private static @Nullable Process operator;

  private final Map<String, Integer> cpus = new TreeMap<>();

  @BeforeAll
  static void startOperator() throws Exception {
    ledger = folder.resolve("machines.xlsx");
    Path accounts =
        Files.writeString(
            folder.resolve("accounts"), "ann:" + BCrypt.hashpw("ann's word", BCrypt.gensalt(4)));
    Path servers =
        Files.writeString(
            folder.resolve("servers.yaml"),
            "servers:\n  default: {provider: ledger, file: %s, accounts: %s}\n"
                .formatted(ledger, accounts));
    KUBECTL.run("apply", "-f", CRDS);
    KUBECTL.run(
        "wait",
        "--for=condition=Established",
        "--timeout=20s",
        "crd/tenants.vminventory.io",
        "crd/vms.vminventory.io");
    KUBECTL.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: ledger-it}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: ann, namespace: ledger-it}
        stringData: {password: ann's word}
        ---
        apiVersion: vminventory.io/v1
        kind: Tenant
        metadata: {name: ann, namespace: ledger-it}
        spec: {username: ann, passwordSecretRef: {name: ann}}
        """);
    Path providers = Files.createDirectory(folder.resolve("providers"));
    Files.copy(PROVIDER_JAR, providers.resolve("ledger-provider.jar"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                OPERATOR_JAR.toString(),
                "run",
                "--providers",
                providers.toString(),
                "--config",
                servers.toString(),
                "--http-port=0")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("operator.log").toFile());
    builder.environment().put("KUBECONFIG", System.getenv(Kubectl.KUBECONFIG));
    operator = builder.start();
  }

  @AfterAll
  static void stopOperator() throws Exception {
    if (operator == null) {
      return;
    }
    try {
      KUBECTL.run("delete", "tenant", "ann", "--timeout=20s");
      assertThat(KUBECTL.records()).as("records of a deleted Tenant").isEmpty();
    } finally {
      operator.destroy();
      assertThat(operator.waitFor(20, TimeUnit.SECONDS)).as("ends on SIGTERM").isTrue();
      System.out.println(Files.readString(folder.resolve("operator.log")));
      KUBECTL.run("delete", "namespace", "ledger-it", "--wait=false");
      KUBECTL.run("delete", "-f", CRDS, "--timeout=20s");
    }
  }

  @BeforeEach
  void restoreLedger() {
    for (int i = 0; i < MACHINES; i++) {
      cpus.put("m%02d".formatted(i), 2);
    }
    save();
    Eventually.within(TIMEOUT)
        .untilAsserted(
            () -> {
              assertThat(KUBECTL.records()).containsExactlyInAnyOrderEntriesOf(cpus);
              assertThat(KUBECTL.reason("Ready")).isEqualTo("UpToDate");
            });
  }

  private byte[] bytes() {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("Name", "vCPU", "RAM (GB)", "Account", "Remarks"));
    cpus.forEach((name, count) -> rows.add(List.of(name, count, "4", "ann", "")));
    return Spreadsheets.xlsx("Machines", rows);
  }

  private void save() {
    Spreadsheets.save(ledger, bytes());
  }

  @Test
  void changedCellShowsInKubectlWithinTwoSeconds() {
    List<Long> millis = new ArrayList<>();
    for (int edit = 3; edit < 13; edit++) {
      int expected = edit;
      cpus.put("m07", expected);
      long start = System.nanoTime();
      save();
      Eventually.within(CHANGE_TIMEOUT)
          .until(() -> KUBECTL.records().get("m07"), actual -> actual == expected);
      millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
    System.out.println("from save to kubectl, ms: " + millis);
  }

  @Test
  void removedRowIsDeletedAfterTheSettleTime() {
    cpus.remove("m03");
    save();

    Eventually.within(TIMEOUT)
        .untilAsserted(
            () -> assertThat(KUBECTL.records()).containsExactlyInAnyOrderEntriesOf(cpus));
  }

  @Test
  void manyRemovedRowsAreHeld() {
    Map<String, Integer> before = Map.copyOf(cpus);
    for (int i = 0; i < 15; i++) {
      cpus.remove("m%02d".formatted(i));
    }
    save();

    Eventually.within(TIMEOUT).until(() -> KUBECTL.reason("Synced"), "MassDeletionHeld"::equals);
    assertThat(KUBECTL.records()).containsExactlyInAnyOrderEntriesOf(before);
  }

  @Test
  void halfSavedFileDeletesNothing() throws IOException {
    Map<String, String> before = KUBECTL.uids();
    byte[] bytes = bytes();
    Files.write(ledger, Arrays.copyOf(bytes, bytes.length / 2));

    Eventually.within(TIMEOUT).until(() -> KUBECTL.reason("Ready"), "ServerUnavailable"::equals);
    assertThat(KUBECTL.uids()).isEqualTo(before);
    save();
    Eventually.within(TIMEOUT).until(() -> KUBECTL.reason("Ready"), "UpToDate"::equals);
    assertThat(KUBECTL.uids()).isEqualTo(before);
  }

  @Test
  void renamedAndLockedFileDeletesNothing() throws IOException {
    Map<String, String> before = KUBECTL.uids();
    Path elsewhere = folder.resolve("machines.old.xlsx");
    Files.move(ledger, elsewhere);
    Files.writeString(folder.resolve("~$machines.xlsx"), "ann");

    Eventually.within(TIMEOUT).until(() -> KUBECTL.reason("Ready"), "ServerUnavailable"::equals);
    assertThat(KUBECTL.uids()).isEqualTo(before);
    Files.move(elsewhere, ledger);
    Eventually.within(TIMEOUT).until(() -> KUBECTL.reason("Ready"), "UpToDate"::equals);
    assertThat(KUBECTL.uids()).isEqualTo(before);
  }

  @Test
  void invalidRowDeletesNothingAndIsReported() {
    Map<String, String> before = KUBECTL.uids();
    List<List<Object>> rows =
        List.of(List.of("Name", "vCPU", "RAM", "Account"), List.of("m00", 2, "2o48", "ann"));
    Spreadsheets.save(ledger, Spreadsheets.xlsx("Machines", rows));

    Eventually.within(TIMEOUT).until(() -> KUBECTL.reason("Ready"), "ServerMisconfigured"::equals);
    assertThat(KUBECTL.message("Ready")).contains("row 2, column RAM: '2o48'");
    assertThat(KUBECTL.uids()).isEqualTo(before);
  }
}
