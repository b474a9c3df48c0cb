package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Methods of the property collector that read the current state. */
final class RetrieveMethods {

  private final ServerState server;

  RetrieveMethods(ServerState server) {
    this.server = server;
  }

  Map<String, SoapMethod> methods() {
    return Map.of(
        "CreatePropertyCollector", this::createPropertyCollector,
        "DestroyPropertyCollector", this::destroyPropertyCollector,
        "RetrieveProperties", this::retrieveProperties,
        "RetrievePropertiesEx", this::retrievePropertiesEx,
        "ContinueRetrievePropertiesEx", this::continueRetrievePropertiesEx,
        "CancelRetrievePropertiesEx", this::cancelRetrievePropertiesEx);
  }

  private void createPropertyCollector(SoapCall call) throws SoapFault {
    Session session = call.session();
    session.collector(call.target());
    call.result().field("returnval", session.newCollector().ref());
  }

  private void destroyPropertyCollector(SoapCall call) throws SoapFault {
    call.session().removeCollector(call.target());
  }

  private void retrieveProperties(SoapCall call) throws SoapFault {
    Session session = call.session();
    session.collector(call.target());
    write(select(call, session), call, "returnval");
  }

  private void retrievePropertiesEx(SoapCall call) throws SoapFault {
    Session session = call.session();
    PropertyCollector collector = session.collector(call.target());
    int requested = call.option("maxObjects", 1).orElse(Integer.MAX_VALUE);
    int max = Math.min(requested, server.pageLimit());
    List<Traversal.Selected> all = select(call, session);
    if (!all.isEmpty()) {
      page(new PropertyCollector.PendingRead(all, max), collector, call);
    }
  }

  private void continueRetrievePropertiesEx(SoapCall call) throws SoapFault {
    Session session = call.session();
    PropertyCollector collector = session.collector(call.target());
    if (server.deniesContinue() && !session.account().seesEverything()) {
      throw SoapFault.noPermission(call.target(), "System.Read");
    }
    PropertyCollector.PendingRead pending = collector.claim(call.request().textOf("token").trim());
    page(pending, collector, call);
  }

  private void cancelRetrievePropertiesEx(SoapCall call) throws SoapFault {
    call.session().collector(call.target()).claim(call.request().textOf("token").trim());
  }

  /** Writes a page. Objects deleted since the read began are skipped. */
  private void page(
      PropertyCollector.PendingRead pending, PropertyCollector collector, SoapCall call)
      throws SoapFault {
    Session session = call.session();
    XmlWriter out = call.result();
    List<Traversal.Selected> alive =
        server
            .inventory()
            .read(
                () ->
                    pending.objects().stream()
                        .filter(each -> server.find(each.ref(), session).isPresent())
                        .toList());
    int end = Math.min(pending.max(), alive.size());
    out.open("returnval");
    if (end < alive.size()) {
      List<Traversal.Selected> later = alive.subList(end, alive.size());
      out.element(
          "token", collector.store(new PropertyCollector.PendingRead(later, pending.max())));
    }
    write(alive.subList(0, end), call, "objects");
    out.close("returnval");
  }

  private List<Traversal.Selected> select(SoapCall call, Session session) throws SoapFault {
    List<FilterSpec> filters = new ArrayList<>();
    for (XmlElement specSet : call.request().children("specSet")) {
      filters.add(FilterSpec.parse(specSet));
    }
    return server
        .inventory()
        .read(
            () -> {
              Scope scope = session.account().scope(server.inventory());
              List<Traversal.Selected> all = new ArrayList<>();
              for (FilterSpec filter : filters) {
                all.addAll(Traversal.select(filter, scope, ref -> server.find(ref, session)));
              }
              return all;
            });
  }

  /** Writes the current properties of objects; deleted objects are skipped. */
  private void write(List<Traversal.Selected> objects, SoapCall call, String element)
      throws SoapFault {
    Session session = call.session();
    XmlWriter out = call.result();
    server
        .inventory()
        .read(
            () -> {
              Scope scope = session.account().scope(server.inventory());
              for (Traversal.Selected selected : objects) {
                server
                    .find(selected.ref(), session)
                    .ifPresent(
                        object ->
                            values(object, selected.paths(), scope, call)
                                .write(out, element, selected.ref()));
              }
              return out;
            });
  }

  private static PropertyValues values(
      ManagedObject object, List<PropertyPath> paths, Scope scope, SoapCall call) {
    return call.isUnauthenticated()
        ? PropertyValues.unauthenticated(paths)
        : PropertyValues.read(object, paths, scope);
  }
}
