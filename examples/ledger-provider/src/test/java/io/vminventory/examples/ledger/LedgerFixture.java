package io.vminventory.examples.ledger;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.contract.ProviderFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Ledger file with two accounts that the contract tests edit, cut off and delete. */
final class LedgerFixture implements ProviderFixture {

  private static final int MIN_BCRYPT_COST = 4;
  private static final String HASHES =
      "ann:%s%nbob:%s%n".formatted(hash("ann's word"), hash("bob's word"));

  /** Enough bytes to remove the end of the last row, in cells that every row has. */
  private static final int CUT_BYTES = 12;

  private final Map<String, Integer> cpus = new LinkedHashMap<>(Map.of("web-1", 2, "db-1", 8));
  private final Function<List<List<Object>>, byte[]> format;
  private final Path folder;
  private final Path file;
  private @Nullable LedgerProvider provider;

  /**
   * @param format converts cells to the bytes of a file
   */
  LedgerFixture(String fileName, Function<List<List<Object>>, byte[]> format) throws IOException {
    this.format = format;
    this.folder = Files.createTempDirectory("ledger");
    this.file = folder.resolve(fileName);
    Files.writeString(folder.resolve("accounts"), HASHES);
    save();
  }

  private static String hash(String password) {
    return BCrypt.hashpw(password, BCrypt.gensalt(MIN_BCRYPT_COST));
  }

  private byte[] bytes() {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("Name", "CPU", "RAM (GB)", "Account"));
    cpus.forEach((name, count) -> rows.add(List.of(name, count, 4, "ann, bob")));
    return format.apply(rows);
  }

  private void save() {
    Spreadsheets.save(file, bytes());
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
  public InventoryProviderFactory factory() {
    return new LedgerProviderFactory();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "file",
        file.toString(),
        "accounts",
        folder.resolve("accounts").toString(),
        "poll",
        "50ms",
        "settle",
        "200ms");
  }

  @Override
  public Map<String, String> invalidSettings() {
    return Map.of("file", "machines.ods", "columns", "memory", "poll", "1h");
  }

  @Override
  public InventoryProvider provider() throws InventoryException {
    provider =
        new LedgerProvider(
            LedgerSettings.read(new ProviderSettings("default", settings())),
            InstantSource.system());
    return provider;
  }

  @Override
  public Tenant tenant() {
    return tenant("ann", "ann's word");
  }

  @Override
  public Tenant otherTenant() {
    return tenant("bob", "bob's word");
  }

  @Override
  public Tenant tenantWithWrongPassword() {
    return tenant("ann", "guessed word");
  }

  @Override
  public Set<VirtualMachineId> machines() {
    return cpus.keySet().stream().map(LedgerFixture::id).collect(Collectors.toSet());
  }

  @Override
  public VirtualMachineId add(String name) {
    cpus.put(name, 1);
    save();
    return id(name);
  }

  @Override
  public void change(VirtualMachineId id) {
    cpus.merge(name(id), 1, Integer::sum);
    save();
  }

  @Override
  public void remove(VirtualMachineId id) {
    cpus.remove(name(id));
    save();
  }

  @Override
  public int openSessions() {
    return provider == null ? 0 : provider.openSessions();
  }

  @Override
  public void cutReads() {
    byte[] bytes = bytes();
    Spreadsheets.save(file, Arrays.copyOf(bytes, bytes.length - CUT_BYTES));
  }

  @Override
  public void disconnect() {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.toList()) {
        Files.delete(path);
      }
    }
    Files.delete(folder);
  }
}
