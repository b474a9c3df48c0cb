package io.vminventory.testkit.vcenter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts and their open sessions. Thread-safe. */
final class Sessions {

  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, Session> byCookie = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Duration idleTimeout;
  private final int limit;
  private int sessionCounter;

  /**
   * @param idleTimeout after which an idle session ends; zero for never
   * @param limit the maximum number of sessions
   */
  Sessions(InstantSource clock, Duration idleTimeout, int limit) {
    this.clock = clock;
    this.idleTimeout = idleTimeout;
    this.limit = limit;
  }

  synchronized void put(Account account) {
    accounts.put(account.user(), account);
  }

  /**
   * The account of this user.
   *
   * @throws IllegalArgumentException if there is none
   */
  synchronized Account account(String user) {
    Account account = accounts.get(user);
    if (account == null) {
      throw new IllegalArgumentException("there is no account " + user);
    }
    return account;
  }

  /** The account with this password. */
  synchronized Optional<Account> authenticate(String user, String password) {
    return Optional.ofNullable(accounts.get(user)).filter(a -> a.hasPassword(password));
  }

  boolean isFull() {
    return list().size() >= limit;
  }

  /** Opens a session and returns its cookie. */
  synchronized String open(Account account, String address, String userAgent) {
    String cookie = UUID.randomUUID().toString();
    String key = String.format("52000000-0000-4000-8000-%012d", ++sessionCounter);
    byCookie.put(cookie, new Session(key, account, address, userAgent, clock.instant()));
    return cookie;
  }

  /** The session with this cookie. */
  synchronized Session opened(String cookie) {
    return Optional.ofNullable(byCookie.get(cookie)).orElseThrow();
  }

  /** Begins a call in the session with this cookie; {@link #endCall} ends it. */
  synchronized Optional<Session> beginCall(@Nullable String cookie) {
    endIdle();
    Session session = cookie == null ? null : byCookie.get(cookie);
    if (session != null) {
      session.beginCall(clock.instant());
    }
    return Optional.ofNullable(session);
  }

  /** Ends a call, if it was made in a session. */
  void endCall(@Nullable Session session) {
    if (session != null) {
      session.endCall(clock.instant());
    }
  }

  synchronized List<Session> list() {
    endIdle();
    return new ArrayList<>(byCookie.values());
  }

  /** Ends the session with this key, if there is one. */
  synchronized boolean end(String key) {
    Optional<Session> found =
        byCookie.values().stream().filter(session -> session.key().equals(key)).findFirst();
    found.ifPresent(this::end);
    return found.isPresent();
  }

  synchronized void endAll() {
    new ArrayList<>(byCookie.values()).forEach(this::end);
  }

  private void endIdle() {
    if (!idleTimeout.isZero()) {
      new ArrayList<>(byCookie.values())
          .stream()
              .filter(s -> s.isIdleSince(clock.instant().minus(idleTimeout)))
              .forEach(this::end);
    }
  }

  private void end(Session session) {
    byCookie.values().remove(session);
    session.end();
  }
}
