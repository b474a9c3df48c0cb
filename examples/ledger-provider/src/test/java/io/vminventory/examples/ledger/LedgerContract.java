package io.vminventory.examples.ledger;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.contract.InventoryProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** The contract, with a ledger that a person edits and saves. */
abstract class LedgerContract extends InventoryProviderContract {

  private static final int LEAST_COST = 4;
  private static final String HASHES =
      "ann:%s%nbob:%s%n".formatted(hash("ann's word"), hash("bob's word"));

  private final Map<String, Integer> cpus = new LinkedHashMap<>(Map.of("web-1", 2, "db-1", 8));
  @TempDir private Path folder;
  private Path file = Path.of("");
  private LedgerProvider provider;

  private static String hash(String password) {
    return BCrypt.hashpw(password, BCrypt.gensalt(LEAST_COST));
  }

  /** The name of the ledger. */
  abstract String fileName();

  /** What is in a ledger with these cells. */
  abstract byte[] bytes(List<? extends List<?>> rows);

  @BeforeEach
  void writeLedger() throws IOException, InventoryException {
    file = folder.resolve(fileName());
    save();
    Path accounts = Files.writeString(folder.resolve("accounts"), HASHES);
    Map<String, String> settings =
        Map.of(
            "file",
            file.toString(),
            "accounts",
            accounts.toString(),
            "poll",
            "50ms",
            "settle",
            "200ms");
    provider =
        new LedgerProvider(
            LedgerSettings.read(new ProviderSettings("default", settings)), InstantSource.system());
  }

  private void save() {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("Name", "CPU", "RAM (GB)", "Account"));
    cpus.forEach((name, count) -> rows.add(List.of(name, count, 4, "ann, bob")));
    Books.save(file, bytes(rows));
  }

  private static VirtualMachineId id(String name) {
    return new VirtualMachineId("ledger/default/" + name);
  }

  private static String name(VirtualMachineId id) {
    return id.value().substring(id.value().lastIndexOf('/') + 1);
  }

  private static Tenant tenant(String username, String password) {
    return new Tenant(new TenantId("default", username), username, Secret.of(password), "default");
  }

  @Override
  protected InventoryProvider provider() {
    return provider;
  }

  @Override
  protected Tenant tenant() {
    return tenant("ann", "ann's word");
  }

  @Override
  protected Tenant otherTenant() {
    return tenant("bob", "bob's word");
  }

  @Override
  protected Tenant tenantWithWrongPassword() {
    return tenant("ann", "guessed word");
  }

  @Override
  protected Set<VirtualMachineId> machines() {
    return cpus.keySet().stream().map(LedgerContract::id).collect(Collectors.toSet());
  }

  @Override
  protected VirtualMachineId add(String name) {
    cpus.put(name, 1);
    save();
    return id(name);
  }

  @Override
  protected void change(VirtualMachineId id) {
    cpus.merge(name(id), 1, Integer::sum);
    save();
  }

  @Override
  protected void remove(VirtualMachineId id) {
    cpus.remove(name(id));
    save();
  }

  @Override
  protected int openSessions() {
    return provider.openSessions();
  }
}
