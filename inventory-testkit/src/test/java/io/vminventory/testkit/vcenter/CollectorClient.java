package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Client of a property collector of its own that collects updates of machines, for tests. */
final class CollectorClient {

  private static final int NO_LIMIT = 0;

  private final SoapClient client;
  private final String collector;
  private String version = "";

  private CollectorClient(SoapClient client, String collector) {
    this.client = client;
    this.collector = collector;
  }

  /** A collector with a filter of properties of all machines that the client sees. */
  static CollectorClient of(SoapClient client, String... paths) throws Exception {
    return ofKind("VirtualMachine", client, paths);
  }

  static CollectorClient ofKind(String type, SoapClient client, String... paths) throws Exception {
    CollectorClient collector = withoutFilter(client);
    collector.addFilter(type, paths);
    return collector;
  }

  static CollectorClient withoutFilter(SoapClient client) throws Exception {
    SoapClient.Response created =
        client.call("CreatePropertyCollector", "PropertyCollector:propertyCollector", "");
    return new CollectorClient(client, "PropertyCollector:" + created.result().text());
  }

  /** Creates a filter of all visible entities of a type; returns its reference. */
  String addFilter(String type, String... paths) throws Exception {
    String view = client.view(SoapClient.ALL_MACHINES, type);
    String spec = SoapClient.viewSpec("spec", view, type, paths);
    return "PropertyFilter:" + call("CreateFilter", spec).result().text();
  }

  SoapClient.Response call(String method, String arguments) throws Exception {
    return client.call(method, collector, arguments);
  }

  /** The updates since the last poll. */
  SoapClient.Response poll() throws Exception {
    return poll(NO_LIMIT);
  }

  /** The updates since the last poll, of at most so many objects. */
  SoapClient.Response poll(int max) throws Exception {
    SoapClient.Response response = pollSince(version, max);
    acknowledge(response);
    return response;
  }

  /** The updates since a version, without acknowledging them. */
  SoapClient.Response pollSince(String known) throws Exception {
    return pollSince(known, NO_LIMIT);
  }

  private SoapClient.Response pollSince(String known, int max) throws Exception {
    return call("WaitForUpdatesEx", arguments(known, 0, max));
  }

  /** The updates since the last poll as texts; see {@link #updates(SoapClient.Response)}. */
  List<String> updates() throws Exception {
    return updates(poll());
  }

  /** Starts a wait, whose response the test passes to {@link #acknowledge}. */
  CompletableFuture<SoapClient.Response> startWait() {
    return client.start("WaitForUpdatesEx", collector, arguments(version, 600, NO_LIMIT));
  }

  void acknowledge(SoapClient.Response response) {
    response.element().child("returnval").ifPresent(set -> version = set.textOf("version"));
  }

  /** The version of the last acknowledged update set. */
  String version() {
    return version;
  }

  /** Cancels the pending wait, if any. */
  void cancelWait() {
    SoapClient.Response unused =
        client.start("CancelWaitForUpdates", collector, "").orTimeout(30, TimeUnit.SECONDS).join();
  }

  void startOver() {
    version = "";
  }

  private static String arguments(String version, int seconds, int max) {
    return "<version>"
        + version
        + ("</version><options><maxWaitSeconds>" + seconds + "</maxWaitSeconds>")
        + (max == NO_LIMIT ? "" : "<maxObjectUpdates>" + max + "</maxObjectUpdates>")
        + "</options>";
  }

  /** Each update as {@code kind id path=value ...}, with {@code path!fault} for unreadable ones. */
  static List<String> updates(SoapClient.Response response) {
    List<String> updates = new ArrayList<>();
    for (XmlElement set : response.element().children()) {
      for (XmlElement filterSet : set.children("filterSet")) {
        for (XmlElement object : filterSet.children("objectSet")) {
          StringBuilder text =
              new StringBuilder(object.textOf("kind") + " " + object.textOf("obj"));
          for (XmlElement change : object.children("changeSet")) {
            text.append(" ").append(change.textOf("name")).append("=").append(change.textOf("val"));
          }
          for (XmlElement missing : object.children("missingSet")) {
            text.append(" ")
                .append(missing.textOf("path"))
                .append("!")
                .append(missingFault(missing));
          }
          updates.add(text.toString());
        }
      }
    }
    return updates;
  }

  static String missingFault(XmlElement missing) {
    return missing.child("fault").flatMap(f -> f.child("fault")).orElseThrow().xsiType();
  }
}
