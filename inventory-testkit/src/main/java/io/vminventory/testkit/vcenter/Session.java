package io.vminventory.testkit.vcenter;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A login and everything that was made in it, which ends with it. Thread-safe. */
final class Session {

  static final Ref DEFAULT_COLLECTOR = new Ref("PropertyCollector", "propertyCollector");

  private final String key;
  private final Account account;
  private final String address;
  private final String userAgent;
  private final Instant loginTime;
  private final Signal signal;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private final Map<String, ContainerView> views = new ConcurrentHashMap<>();
  private final Map<String, Collector> collectors = new ConcurrentHashMap<>();
  private volatile Instant lastActive;
  private volatile boolean ended;

  Session(
      String key,
      Account account,
      String address,
      String userAgent,
      Instant loginTime,
      Signal signal) {
    this.signal = signal;
    this.key = key;
    this.account = account;
    this.address = address;
    this.userAgent = userAgent;
    this.loginTime = loginTime;
    this.lastActive = loginTime;
    collectors.put(DEFAULT_COLLECTOR.id(), new Collector(DEFAULT_COLLECTOR, signal));
  }

  String key() {
    return key;
  }

  Account account() {
    return account;
  }

  Instant lastActive() {
    return lastActive;
  }

  void called(Instant now) {
    lastActive = now;
    calls.incrementAndGet();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Frees what it holds, and ends waits for updates. */
  void end() {
    ended = true;
    collectors.values().forEach(Collector::destroy);
    collectors.clear();
    views.clear();
  }

  /** A new reference to an object of this session. */
  Ref newRef(String kind) {
    return new Ref(kind, "session[" + key + "]" + kind + "-" + made.incrementAndGet());
  }

  ContainerView add(ContainerView view) {
    views.put(view.ref().id(), view);
    return view;
  }

  boolean removeView(Ref ref) {
    return views.remove(ref.id()) != null;
  }

  Optional<ManagedObject> view(Ref ref) {
    return Optional.ofNullable(views.get(ref.id()));
  }

  Collector newCollector() {
    Collector collector = new Collector(newRef("PropertyCollector"), signal);
    collectors.put(collector.ref().id(), collector);
    return collector;
  }

  Collector collector(Ref ref) throws SoapFault {
    Collector collector = collectors.get(ref.id());
    if (collector == null) {
      throw SoapFault.notFound(ref);
    }
    return collector;
  }

  Iterable<Collector> collectors() {
    return collectors.values();
  }

  void removeCollector(Ref ref) throws SoapFault {
    if (ref.equals(DEFAULT_COLLECTOR)) {
      throw SoapFault.invalidRequest("the default property collector cannot be destroyed");
    }
    collector(ref).destroy();
    collectors.remove(ref.id());
  }

  /** As the session list shows it. */
  Data data() {
    return Data.of("UserSession")
        .with("key", key)
        .with("userName", account.user())
        .with("fullName", account.user())
        .with("loginTime", Value.time(loginTime))
        .with("lastActiveTime", Value.time(lastActive))
        .with("locale", "en_US")
        .with("messageLocale", "en_US")
        .with("extensionSession", false)
        .with("ipAddress", address)
        .with("userAgent", userAgent)
        .with("callCount", calls.get());
  }

  SimulatedSession summary() {
    return new SimulatedSession(
        key, account.user(), loginTime, views.size(), collectors.size() - 1);
  }
}
