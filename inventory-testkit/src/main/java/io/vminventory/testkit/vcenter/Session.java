package io.vminventory.testkit.vcenter;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Session of an account with its objects, which end with it. Thread-safe. */
final class Session {

  static final MoRef DEFAULT_COLLECTOR = new MoRef("PropertyCollector", "propertyCollector");

  private final String key;
  private final Account account;
  private final String address;
  private final String userAgent;
  private final Instant loginTime;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger activeCalls = new AtomicInteger();
  private final AtomicInteger objectCounter = new AtomicInteger();
  private final Map<String, ContainerView> views = new ConcurrentHashMap<>();
  private final Map<String, PropertyCollector> collectors = new ConcurrentHashMap<>();
  private volatile Instant lastActive;
  private volatile boolean ended;

  Session(String key, Account account, String address, String userAgent, Instant loginTime) {
    this.key = key;
    this.account = account;
    this.address = address;
    this.userAgent = userAgent;
    this.loginTime = loginTime;
    this.lastActive = loginTime;
    collectors.put(DEFAULT_COLLECTOR.id(), new PropertyCollector(DEFAULT_COLLECTOR));
  }

  String key() {
    return key;
  }

  Account account() {
    return account;
  }

  /** Whether no call was made since then and none is pending. */
  boolean isIdleSince(Instant time) {
    return activeCalls.get() == 0 && lastActive.isBefore(time);
  }

  void beginCall(Instant now) {
    activeCalls.incrementAndGet();
    lastActive = now;
    calls.incrementAndGet();
  }

  void endCall(Instant now) {
    lastActive = now;
    activeCalls.decrementAndGet();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Frees its objects and ends its waits for updates. */
  void end() {
    ended = true;
    collectors.values().forEach(PropertyCollector::destroy);
    collectors.clear();
    views.clear();
  }

  /** Destroys its objects, but stays open. */
  void discardCollectors() {
    collectors.values().forEach(PropertyCollector::destroy);
    collectors.clear();
    views.clear();
    collectors.put(DEFAULT_COLLECTOR.id(), new PropertyCollector(DEFAULT_COLLECTOR));
  }

  /** A new reference to an object of this session. */
  MoRef newRef(String kind) {
    return new MoRef(kind, "session[" + key + "]" + kind + "-" + objectCounter.incrementAndGet());
  }

  ContainerView add(ContainerView view) {
    views.put(view.ref().id(), view);
    return view;
  }

  boolean removeView(MoRef ref) {
    return views.remove(ref.id()) != null;
  }

  Optional<ManagedObject> view(MoRef ref) {
    return Optional.ofNullable(views.get(ref.id()));
  }

  PropertyCollector newCollector() {
    PropertyCollector collector = new PropertyCollector(newRef("PropertyCollector"));
    collectors.put(collector.ref().id(), collector);
    return collector;
  }

  PropertyCollector collector(MoRef ref) throws SoapFault {
    PropertyCollector collector = collectors.get(ref.id());
    if (collector == null) {
      throw SoapFault.notFound(ref);
    }
    return collector;
  }

  Iterable<PropertyCollector> collectors() {
    return collectors.values();
  }

  void removeCollector(MoRef ref) throws SoapFault {
    if (ref.equals(DEFAULT_COLLECTOR)) {
      throw SoapFault.invalidRequest("the default property collector cannot be destroyed");
    }
    collector(ref).destroy();
    collectors.remove(ref.id());
  }

  /** Its entry in the session list. */
  DataObject data() {
    return DataObject.of("UserSession")
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
