package io.vminventory.testkit.fake;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.InventorySession;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Platform in memory: machines, accounts and failures, all of which any thread may change at any
 * time. Sessions report a change at once.
 *
 * <pre>{@code
 * FakeProvider provider = new FakeProvider().account("ann", "secret");
 * SampleMachines.story().forEach(provider::put);
 * provider.failOpens(Failure.UNAVAILABLE, 2);
 * }</pre>
 *
 * <p>It passes the same contract as any other provider.
 */
public final class FakeProvider implements InventoryProvider {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<VirtualMachineId, VirtualMachine> machines = new LinkedHashMap<>();
  private final Map<String, Secret> passwords = new HashMap<>();
  private final Map<String, Predicate<VirtualMachine>> visible = new HashMap<>();
  private final Deque<Failure> openFailures = new ArrayDeque<>();
  private final Set<FakeSession> sessions = new HashSet<>();
  private String serverVersion = "Fake Platform 1.0";
  private int attempts;
  private int opens;

  /** Sets product and version of the platform. */
  public FakeProvider serverVersion(String version) {
    return locked(() -> serverVersion = version);
  }

  /** Adds an account that sees everything, or changes an account's password. */
  public FakeProvider account(String username, String password) {
    return locked(() -> passwords.put(username, Secret.of(password)));
  }

  /** Restricts an account to these machines, from now on. */
  public FakeProvider visible(String username, Predicate<VirtualMachine> machine) {
    return locked(() -> visible.put(username, machine));
  }

  /** Adds a machine, or changes the one of the same id. */
  public FakeProvider put(VirtualMachine machine) {
    return locked(() -> machines.put(machine.id(), machine));
  }

  /** Removes a machine, if it is there. */
  public FakeProvider remove(VirtualMachineId id) {
    return locked(() -> machines.remove(id));
  }

  /** Removes all machines. */
  public FakeProvider clear() {
    return locked(machines::clear);
  }

  /** Makes the next logins fail, whatever the password. */
  public FakeProvider failOpens(Failure failure, int times) {
    return locked(
        () -> {
          for (int i = 0; i < times; i++) {
            openFailures.add(failure);
          }
        });
  }

  /**
   * Makes each open session fail: a {@code next} that is waiting throws now, any other when it is
   * called.
   */
  public FakeProvider failSessions(Failure failure) {
    return locked(() -> sessions.forEach(session -> session.fail(failure)));
  }

  /** Makes the next update of each open session a snapshot, which it gets at once. */
  public FakeProvider loseHistory() {
    return locked(() -> sessions.forEach(FakeSession::loseHistory));
  }

  private FakeProvider locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return this;
  }

  /** Number of logins, with any outcome. */
  public int attempts() {
    lock.lock();
    try {
      return attempts;
    } finally {
      lock.unlock();
    }
  }

  /** Number of successful logins. */
  public int opens() {
    lock.lock();
    try {
      return opens;
    } finally {
      lock.unlock();
    }
  }

  /** Number of open sessions. */
  public int openSessions() {
    lock.lock();
    try {
      return sessions.size();
    } finally {
      lock.unlock();
    }
  }

  /** All machines, whether or not an account may see them. */
  public Inventory inventory() {
    lock.lock();
    try {
      return Inventory.of(serverVersion, machines.values());
    } finally {
      lock.unlock();
    }
  }

  /** The machines that the account sees; call it with the lock held. */
  Inventory seenBy(String username) {
    Predicate<VirtualMachine> sees = visible.getOrDefault(username, machine -> true);
    return Inventory.of(serverVersion, machines.values().stream().filter(sees).toList());
  }

  @Override
  public InventorySession open(Tenant tenant, SessionPurpose purpose)
      throws InventoryException, InterruptedException {
    lock.lockInterruptibly();
    try {
      attempts++;
      Optional<Failure> failure = Optional.ofNullable(openFailures.poll());
      if (failure.isPresent()) {
        throw new InventoryException(failure.get(), "the fake platform fails as the test demands");
      }
      Secret password = passwords.get(tenant.username());
      if (password == null || !password.equals(tenant.password())) {
        throw new InventoryException(
            Failure.DENIED,
            "the fake platform refuses the account '" + tenant.username() + "'",
            "correct user name and password");
      }
      opens++;
      FakeSession session = new FakeSession(this, tenant.username(), lock, changed);
      sessions.add(session);
      return session;
    } finally {
      lock.unlock();
    }
  }

  /** Removes a closed session; call it with the lock held. */
  void closed(FakeSession session) {
    sessions.remove(session);
  }

  /** A factory called {@code fake} that always returns this provider; it has no settings. */
  public InventoryProviderFactory factory() {
    return new Factory(this);
  }

  @Override
  public String toString() {
    return "fake platform";
  }

  private record Factory(FakeProvider provider) implements InventoryProviderFactory {

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public InventoryProvider create(ProviderSettings settings) throws InventoryException {
      settings.read().finish();
      return provider;
    }
  }
}
