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
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private final Map<String, ContainerView> views = new ConcurrentHashMap<>();
  private final Map<String, Collector> collectors = new ConcurrentHashMap<>();
  private volatile Instant lastActive;
  private volatile boolean ended;

  Session(String key, Account account, String address, String userAgent, Instant loginTime) {
    this.key = key;
    this.account = account;
    this.address = address;
    this.userAgent = userAgent;
    this.loginTime = loginTime;
    this.lastActive = loginTime;
    collectors.put(DEFAULT_COLLECTOR.id(), new Collector(DEFAULT_COLLECTOR));
  }

  String key() {
    return key;
  }

  Account account() {
    return account;
  }

  /** Whether nothing was called since then, nor is being answered: a wait keeps it alive. */
  boolean isIdleSince(Instant time) {
    return underWay.get() == 0 && lastActive.isBefore(time);
  }

  void enter(Instant now) {
    underWay.incrementAndGet();
    lastActive = now;
    calls.incrementAndGet();
  }

  void leave(Instant now) {
    lastActive = now;
    underWay.decrementAndGet();
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

  /** Loses what was made in it, but not itself. */
  void forget() {
    collectors.values().forEach(Collector::destroy);
    collectors.clear();
    views.clear();
    collectors.put(DEFAULT_COLLECTOR.id(), new Collector(DEFAULT_COLLECTOR));
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
    Collector collector = new Collector(newRef("PropertyCollector"));
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
