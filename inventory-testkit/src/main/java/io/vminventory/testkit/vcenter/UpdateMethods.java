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
    int max = call.option("maxObjectUpdates", 1).orElse(Integer.MAX_VALUE);
    OptionalInt seconds = call.option("maxWaitSeconds", 0);
    Duration maxWait = seconds.isPresent() ? Duration.ofSeconds(seconds.getAsInt()) : FOREVER;
    int wait = collector.beginWait(call.request().textOf("version").trim());
    long end = System.nanoTime() + maxWait.toNanos();
    while (true) {
      long given = signal.given();
      call.session();
      boolean news =
          server
              .inventory()
              .read(
                  () ->
                      collector.writeNews(
                          wait,
                          max,
                          session.account().scope(server.inventory()),
                          ref -> server.find(ref, session),
                          call.result()));
      long left = end - System.nanoTime();
      if (news || left <= 0) {
        return;
      }
      signal.await(given, Duration.ofNanos(left));
    }
  }

  private void cancelWaitForUpdates(Call call) throws SoapFault {
    call.session().collector(call.self()).cancelWait();
  }
}
