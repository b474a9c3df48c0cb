package io.vminventory.testkit.vcenter;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** The methods of the property collector that tell changes. */
final class UpdateMethods {

  private static final Duration FOREVER = Duration.ofDays(1);

  private final Server server;
  private final Signal signal;

  UpdateMethods(Server server, Signal signal) {
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

  private void createFilter(Call call) throws SoapFault {
    Session session = call.session();
    Collector collector = session.collector(call.self());
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
    UpdateFilter filter = new UpdateFilter(session.newRef("PropertyFilter"), filterSpec);
    collector.add(filter);
    call.result().field("returnval", filter.ref());
  }

  private void destroyPropertyFilter(Call call) throws SoapFault {
    boolean removed = false;
    for (Collector collector : call.session().collectors()) {
      removed |= collector.removeFilter(call.self());
    }
    if (!removed) {
      throw SoapFault.notFound(call.self());
    }
  }

  private void waitForUpdatesEx(Call call) throws SoapFault, InterruptedException {
    Session session = call.session();
    Collector collector = session.collector(call.self());
    int wanted = call.option("maxObjectUpdates", 1).orElse(Integer.MAX_VALUE);
    int max = Math.min(wanted, server.updates().limit());
    OptionalInt seconds = call.option("maxWaitSeconds", 0);
    Duration maxWait = seconds.isPresent() ? Duration.ofSeconds(seconds.getAsInt()) : FOREVER;
    long end = System.nanoTime() + maxWait.toNanos();
    try (Signal.Listener listener = signal.listen()) {
      int wait = collector.beginWait(call.request().textOf("version").trim(), listener);
      while (true) {
        listener.reset();
        call.session();
        boolean news =
            server.inventory().read(() -> look(call, session, collector, wait, max, listener));
        long left = end - System.nanoTime();
        if (news || left <= 0) {
          return;
        }
        listener.await(Duration.ofNanos(left));
      }
    }
  }

  private boolean look(
      Call call, Session session, Collector collector, int wait, int max, Signal.Listener listener)
      throws SoapFault {
    View view = View.of(server, session);
    listener.interestedIn(view.scope()::isConcernedBy);
    if (call.isUnauthenticated()) {
      collector.writeUnauthenticated(wait, max, view, call.result());
      return true;
    }
    return collector.writeNews(wait, max, server.updates(), view, call.result());
  }

  private void cancelWaitForUpdates(Call call) throws SoapFault {
    call.session().collector(call.self()).cancelWait();
  }
}
