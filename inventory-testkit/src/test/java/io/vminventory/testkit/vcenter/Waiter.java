package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A session with a property collector of its own, which tells of its machines; for tests. */
final class Waiter {

  private final SoapClient client;
  private final String collector;
  private String version = "";

  private Waiter(SoapClient client, String collector) {
    this.client = client;
    this.collector = collector;
  }

  /** Waits for news of some properties of all machines that the client sees. */
  static Waiter of(SoapClient client, String... paths) throws Exception {
    return ofKind("VirtualMachine", client, paths);
  }

  static Waiter ofKind(String type, SoapClient client, String... paths) throws Exception {
    SoapClient.Reply made =
        client.call("CreatePropertyCollector", "PropertyCollector:propertyCollector", "");
    Waiter waiter = new Waiter(client, "PropertyCollector:" + made.result().text());
    String view = client.view(SoapClient.ALL_MACHINES, type);
    waiter.call("CreateFilter", SoapClient.viewSpec("spec", view, type, paths));
    return waiter;
  }

  SoapClient.Reply call(String method, String arguments) throws Exception {
    return client.call(method, collector, arguments);
  }

  /** What is news now; the next call gets what is new after that. */
  SoapClient.Reply check() throws Exception {
    SoapClient.Reply reply = call("WaitForUpdatesEx", arguments(version, 0));
    know(reply);
    return reply;
  }

  /** The same, as texts; see {@link #news(SoapClient.Reply)}. */
  List<String> news() throws Exception {
    return news(check());
  }

  /** Begins a wait, of which {@link #know} is to be told the answer. */
  CompletableFuture<SoapClient.Reply> waitForNews() {
    return client.start("WaitForUpdatesEx", collector, arguments(version, 600));
  }

  void know(SoapClient.Reply reply) {
    reply.element().child("returnval").ifPresent(set -> version = set.textOf("version"));
  }

  void forget() {
    version = "";
  }

  private static String arguments(String version, int seconds) {
    return "<version>"
        + version
        + ("</version><options><maxWaitSeconds>" + seconds + "</maxWaitSeconds></options>");
  }

  /** Each update as {@code kind id path=value ...}, with {@code path!fault} for what is missing. */
  static List<String> news(SoapClient.Reply reply) {
    List<String> news = new ArrayList<>();
    for (XmlElement set : reply.element().children()) {
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
          news.add(text.toString());
        }
      }
    }
    return news;
  }

  static String missingFault(XmlElement missing) {
    return missing.child("fault").flatMap(f -> f.child("fault")).orElseThrow().xsiType();
  }
}
