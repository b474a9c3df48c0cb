package io.vminventory.testkit.vcenter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.xml.stream.XMLStreamException;

/** SOAP client of the simulator over {@code java.net.http}, for tests. */
final class SoapClient {

  static final String ALL_MACHINES = "Folder:group-d1";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /**
   * Response to a call.
   *
   * @param element the response or the fault
   */
  record Response(int status, XmlElement element) {

    XmlElement result() {
      return element.child("returnval").orElseThrow();
    }

    /** The type of the fault, empty if there is none. */
    String fault() {
      return element
          .child("detail")
          .flatMap(detail -> detail.children().stream().findFirst())
          .map(XmlElement::xsiType)
          .orElse("");
    }
  }

  private final HttpClient http;
  private final URI url;
  private Optional<String> cookie = Optional.empty();

  SoapClient(VcenterSimulator vcenter) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
    vcenter.certificates().ifPresent(tls -> builder.sslContext(tls.clientContext()));
    http = builder.build();
    url = vcenter.url();
  }

  private SoapClient(SoapClient other) {
    http = other.http;
    url = other.url;
  }

  /** Another session by the same HTTP client. */
  SoapClient another(String user, String password) throws Exception {
    SoapClient client = new SoapClient(this);
    Response response = client.login(user, password);
    if (response.status() != 200) {
      throw new IllegalStateException("login failed: " + response);
    }
    return client;
  }

  static SoapClient loggedIn(VcenterSimulator vcenter) throws Exception {
    return loggedIn(vcenter, "user", "pass");
  }

  static SoapClient loggedIn(VcenterSimulator vcenter, String user, String password)
      throws Exception {
    return new SoapClient(vcenter).another(user, password);
  }

  Response login(String user, String password) throws Exception {
    return call(
        "Login",
        "SessionManager:SessionManager",
        "<userName>" + user + "</userName><password>" + password + "</password>");
  }

  Response logout() throws Exception {
    return call("Logout", "SessionManager:SessionManager", "");
  }

  /** Calls a method on an object that is written {@code Type:id}. */
  Response call(String method, String target, String arguments)
      throws IOException, InterruptedException, XMLStreamException {
    return response(http.send(request(method, target, arguments), bytes()));
  }

  CompletableFuture<Response> start(String method, String target, String arguments) {
    return http.sendAsync(request(method, target, arguments), bytes())
        .thenApply(
            response -> {
              try {
                return response(response);
              } catch (XMLStreamException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  HttpResponse<byte[]> post(String body) throws IOException, InterruptedException {
    return http.send(request(body), bytes());
  }

  private static HttpResponse.BodyHandler<byte[]> bytes() {
    return HttpResponse.BodyHandlers.ofByteArray();
  }

  private HttpRequest request(String method, String target, String arguments) {
    return request(
        "<?xml version='1.0' encoding='UTF-8'?><e:Envelope"
            + " xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'"
            + " xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><e:Body>"
            + ("<" + method + " xmlns='urn:vim25'>")
            + (ref("_this", target) + arguments)
            + ("</" + method + "></e:Body></e:Envelope>"));
  }

  private HttpRequest request(String body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "text/xml; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    cookie.ifPresent(value -> builder.header("Cookie", value));
    return builder.build();
  }

  private Response response(HttpResponse<byte[]> response) throws XMLStreamException {
    response
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(value -> cookie = Optional.of(value.substring(0, value.indexOf(';'))));
    return new Response(response.statusCode(), SoapService.method(response.body()));
  }

  static String ref(String element, String typeAndId) {
    int colon = typeAndId.indexOf(':');
    String type = typeAndId.substring(0, colon);
    String id = typeAndId.substring(colon + 1);
    return "<" + element + " type='" + type + "'>" + id + "</" + element + ">";
  }

  /** A container view of all machines below the root, as {@code ContainerView:id}. */
  String view() throws Exception {
    return view(ALL_MACHINES, "VirtualMachine");
  }

  String view(String container, String type) throws Exception {
    Response response =
        call(
            "CreateContainerView",
            "ViewManager:ViewManager",
            ref("container", container) + "<type>" + type + "</type><recursive>true</recursive>");
    return "ContainerView:" + response.result().text();
  }

  /** The filter of the objects in a view, as an element of this name. */
  static String viewSpec(String element, String view, String type, String... paths) {
    return spec(
        element,
        type,
        ref("obj", view)
            + "<skip>true</skip><selectSet i:type='TraversalSpec'><type>ContainerView</type>"
            + "<path>view</path></selectSet>",
        paths);
  }

  static String objectSpec(String element, String object, String type, String... paths) {
    return spec(element, type, ref("obj", object), paths);
  }

  static String spec(String element, String type, String objectSet, String... paths) {
    StringBuilder text = new StringBuilder("<" + element + "><propSet><type>" + type + "</type>");
    for (String path : paths) {
      text.append("<pathSet>").append(path).append("</pathSet>");
    }
    return text + "</propSet><objectSet>" + objectSet + ("</objectSet></" + element + ">");
  }

  Response retrieve(String spec, String options) throws Exception {
    return call(
        "RetrievePropertiesEx",
        "PropertyCollector:propertyCollector",
        spec + "<options>" + options + "</options>");
  }

  /** One page of a read of properties of all visible machines. */
  Response retrieveMachines(int pageSize, String... paths) throws Exception {
    return retrieve(
        viewSpec("specSet", view(), "VirtualMachine", paths),
        "<maxObjects>" + pageSize + "</maxObjects>");
  }

  Response continueRead(String token) throws Exception {
    return call(
        "ContinueRetrievePropertiesEx",
        "PropertyCollector:propertyCollector",
        "<token>" + token + "</token>");
  }

  /** The values of one property by machine id, for the visible machines that have it. */
  Map<String, XmlElement> machines(String path) throws Exception {
    Response response = retrieveMachines(Integer.MAX_VALUE / 4, path);
    Map<String, XmlElement> values = new LinkedHashMap<>();
    for (XmlElement object : objects(response)) {
      value(object, path).ifPresent(value -> values.put(object.textOf("obj"), value));
    }
    return values;
  }

  /** The value of one property of a visible machine. */
  XmlElement machine(String id, String path) throws Exception {
    return Optional.ofNullable(machines(path).get(id)).orElseThrow();
  }

  static List<XmlElement> objects(Response response) {
    return response.element().child("returnval").map(r -> r.children("objects")).orElse(List.of());
  }

  static Optional<XmlElement> value(XmlElement object, String path) {
    return object.children("propSet").stream()
        .filter(property -> property.textOf("name").equals(path))
        .findFirst()
        .flatMap(property -> property.child("val"));
  }

  /** The names of the visible machines, in the server's order. */
  List<String> names() throws Exception {
    return new ArrayList<>(machines("name").values().stream().map(XmlElement::text).toList());
  }
}
