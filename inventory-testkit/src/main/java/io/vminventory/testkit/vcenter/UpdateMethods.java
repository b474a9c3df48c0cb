package io.vminventory.testkit.vcenter;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** Methods of the property collector that report updates. */
final class UpdateMethods {

  private static final Duration FOREVER = Duration.ofDays(1);

  private final ServerState server;
  private final ChangeSignal signal;

  UpdateMethods(ServerState server, ChangeSignal signal) {
    this.server = server;
    this.signal = signal;
  }

  Map<String, SoapMethod> methods() {
    return Map.of(
        "CreateFilter", this::createFilter,
        "DestroyPropertyFilter", this::destroyPropertyFilter,
        "WaitForUpdatesEx", this::waitForUpdatesEx,
        "CancelWaitForUpdates", this::cancelWaitForUpdates);
  }

  private void createFilter(SoapCall call) throws SoapFault {
    Session session = call.session();
    PropertyCollector collector = session.collector(call.target());
    XmlElement spec =
        call.request().child("spec").orElseThrow(() -> SoapFault.invalidArgument("spec"));
    FilterSpec filterSpec = FilterSpec.parse(spec);
    server
        .inventory()
        .read(
            () ->
                Traversal.select(
                    filterSpec,
                    session.account().scope(server.inventory()),
                    ref -> server.find(ref, session)));
    PropertyFilter filter = new PropertyFilter(session.newRef("PropertyFilter"), filterSpec);
    collector.add(filter);
    call.result().field("returnval", filter.ref());
  }

  private void destroyPropertyFilter(SoapCall call) throws SoapFault {
    boolean removed = false;
    for (PropertyCollector collector : call.session().collectors()) {
      removed |= collector.removeFilter(call.target());
    }
    if (!removed) {
      throw SoapFault.notFound(call.target());
    }
  }

  private void waitForUpdatesEx(SoapCall call) throws SoapFault, InterruptedException {
    Session session = call.session();
    PropertyCollector collector = session.collector(call.target());
    int requested = call.option("maxObjectUpdates", 1).orElse(Integer.MAX_VALUE);
    int max = Math.min(requested, server.updates().limit());
    OptionalInt seconds = call.option("maxWaitSeconds", 0);
    Duration maxWait = seconds.isPresent() ? Duration.ofSeconds(seconds.getAsInt()) : FOREVER;
    long end = System.nanoTime() + maxWait.toNanos();
    try (ChangeSignal.Listener listener = signal.listen()) {
      int wait = collector.beginWait(call.request().textOf("version").trim(), listener);
      while (true) {
        listener.reset();
        call.session();
        boolean updates =
            server
                .inventory()
                .read(() -> writeUpdates(call, session, collector, wait, max, listener));
        long left = end - System.nanoTime();
        if (updates || left <= 0) {
          return;
        }
        listener.await(Duration.ofNanos(left));
      }
    }
  }

  private boolean writeUpdates(
      SoapCall call,
      Session session,
      PropertyCollector collector,
      int wait,
      int max,
      ChangeSignal.Listener listener)
      throws SoapFault {
    SessionView view = SessionView.of(server, session);
    listener.filter(view.scope()::isAffectedBy);
    if (call.isUnauthenticated()) {
      collector.writeUnauthenticated(wait, max, view, call.result());
      return true;
    }
    return collector.writeUpdates(wait, max, server.updates(), view, call.result());
  }

  private void cancelWaitForUpdates(SoapCall call) throws SoapFault {
    call.session().collector(call.target()).cancelWait();
  }
}
