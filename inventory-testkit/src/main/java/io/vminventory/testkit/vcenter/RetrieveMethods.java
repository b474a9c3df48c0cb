package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The methods of the property collector that read the state once. */
final class RetrieveMethods {

  private final Server server;

  RetrieveMethods(Server server) {
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

  private void createPropertyCollector(Call call) throws SoapFault {
    Session session = call.session();
    session.collector(call.self());
    call.result().field("returnval", session.newCollector().ref());
  }

  private void destroyPropertyCollector(Call call) throws SoapFault {
    call.session().removeCollector(call.self());
  }

  private void retrieveProperties(Call call) throws SoapFault {
    Session session = call.session();
    session.collector(call.self());
    tell(select(call, session), call, "returnval");
  }

  private void retrievePropertiesEx(Call call) throws SoapFault {
    Session session = call.session();
    Collector collector = session.collector(call.self());
    int wanted = call.option("maxObjects", 1).orElse(Integer.MAX_VALUE);
    int max = Math.min(wanted, server.pageLimit());
    List<Traversal.Selected> all = select(call, session);
    if (!all.isEmpty()) {
      page(new Collector.Rest(all, max), collector, call);
    }
  }

  private void continueRetrievePropertiesEx(Call call) throws SoapFault {
    Session session = call.session();
    Collector collector = session.collector(call.self());
    if (server.refusesContinue() && !session.account().seesEverything()) {
      throw SoapFault.noPermission(call.self(), "System.Read");
    }
    Collector.Rest rest = collector.take(call.request().textOf("token").trim());
    page(rest, collector, call);
  }

  private void cancelRetrievePropertiesEx(Call call) throws SoapFault {
    call.session().collector(call.self()).take(call.request().textOf("token").trim());
  }

  /** Writes a page. Objects that are gone since the read began are passed over. */
  private void page(Collector.Rest rest, Collector collector, Call call) throws SoapFault {
    Session session = call.session();
    XmlWriter out = call.result();
    List<Traversal.Selected> alive =
        server
            .inventory()
            .read(
                () ->
                    rest.objects().stream()
                        .filter(each -> server.find(each.ref(), session).isPresent())
                        .toList());
    int end = Math.min(rest.max(), alive.size());
    out.open("returnval");
    if (end < alive.size()) {
      List<Traversal.Selected> later = alive.subList(end, alive.size());
      out.element("token", collector.keep(new Collector.Rest(later, rest.max())));
    }
    tell(alive.subList(0, end), call, "objects");
    out.close("returnval");
  }

  private List<Traversal.Selected> select(Call call, Session session) throws SoapFault {
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

  /** Writes what objects are like now; those that are gone meanwhile are left out. */
  private void tell(List<Traversal.Selected> objects, Call call, String element) throws SoapFault {
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
      ManagedObject object, List<PropertyPath> paths, Scope scope, Call call) {
    return call.isUnauthenticated()
        ? PropertyValues.unauthenticated(paths)
        : PropertyValues.read(object, paths, scope);
  }
}
