package io.vminventory.testkit.vcenter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Administrator's session on an external vCenter such as vcsim, for tests that check whether
 * changes are noticed. Not thread-safe, and not for production: it knows only the calls below and
 * reads responses with regular expressions.
 *
 * <p>Methods throw {@link AssertionError} if the server rejects the call or does not respond.
 */
public final class VcenterAdmin implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_TASK_POLLS = 500;

  private final HttpClient http;
  private final URI url;
  private String cookie = "";

  private VcenterAdmin(HttpClient http, URI url) {
    this.http = http;
    this.url = url;
  }

  /**
   * Logs in.
   *
   * @param url the SDK's address, such as {@code https://127.0.0.1:8989/sdk}
   * @param caPem the certificate authority of the server, as PEM text
   */
  public static VcenterAdmin login(URI url, String caPem, String user, String password) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .sslContext(trusting(caPem))
            .build();
    VcenterAdmin admin = new VcenterAdmin(http, url);
    admin.call(
        "Login",
        "SessionManager",
        "SessionManager",
        "<userName>%s</userName><password>%s</password>".formatted(xml(user), xml(password)));
    return admin;
  }

  private static SSLContext trusting(String caPem) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "ca",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII))));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("the CA certificate cannot be used", e);
    }
  }

  /** The keys of all open sessions but this one. */
  public Set<String> otherSessions() {
    Set<String> keys =
        new TreeSet<>(
            all("<key>([^<]+)</key>", property("SessionManager", "SessionManager", "sessionList")));
    keys.removeAll(
        all("<key>([^<]+)</key>", property("SessionManager", "SessionManager", "currentSession")));
    return keys;
  }

  /** Terminates the session with this key of {@link #otherSessions()}. */
  public void terminateSession(String session) {
    call(
        "TerminateSession",
        "SessionManager",
        "SessionManager",
        "<sessionId>" + xml(session) + "</sessionId>");
  }

  /** The instance UUID of the server. */
  public String instanceUuid() {
    return first(
        "<instanceUuid>([^<]+)</instanceUuid>",
        call("RetrieveServiceContent", "ServiceInstance", "ServiceInstance", ""));
  }

  /** The managed object ids of all virtual machines below the root folder. */
  public List<String> machines() {
    String view =
        first(
            "<returnval [^>]*>([^<]+)</returnval>",
            call(
                "CreateContainerView",
                "ViewManager",
                "ViewManager",
                "<container type='Folder'>group-d1</container><type>VirtualMachine</type>"
                    + "<recursive>true</recursive>"));
    List<String> machines =
        all(
            "<ManagedObjectReference [^>]*>([^<]+)</ManagedObjectReference>",
            property("ContainerView", view, "view"));
    call("DestroyView", "ContainerView", view, "");
    return machines;
  }

  /** A property of a managed object, as the XML of the whole response. */
  public String property(String type, String id, String path) {
    return call(
        "RetrievePropertiesEx",
        "PropertyCollector",
        "propertyCollector",
        ("<specSet><propSet><type>%s</type><pathSet>%s</pathSet></propSet>"
                + "<objectSet><obj type='%s'>%s</obj></objectSet></specSet><options/>")
            .formatted(type, path, type, id));
  }

  /** Clones a machine, powered off and in the same folder; returns its managed object id. */
  public String cloneMachine(String source, String name) {
    return cloneMachine(source, name, folderOf(source));
  }

  /** Clones a machine into this folder. */
  public String cloneMachine(String source, String name, String folder) {
    return awaitTask(
        call(
            "CloneVM_Task",
            "VirtualMachine",
            source,
            ("<folder type='Folder'>%s</folder><name>%s</name><spec><location/>"
                    + "<template>false</template><powerOn>false</powerOn></spec>")
                .formatted(folder, xml(name))));
  }

  /** The managed object id of a machine's folder. */
  public String folderOf(String machine) {
    return first("<val [^>]*>([^<]+)</val>", property("VirtualMachine", machine, "parent"));
  }

  /** Creates a folder in another one; returns its managed object id. */
  public String createFolder(String parent, String name) {
    return first(
        "<returnval [^>]*>([^<]+)</returnval>",
        call("CreateFolder", "Folder", parent, "<name>" + xml(name) + "</name>"));
  }

  public void powerOn(String machine) {
    awaitTask(call("PowerOnVM_Task", "VirtualMachine", machine, ""));
  }

  public void powerOff(String machine) {
    awaitTask(call("PowerOffVM_Task", "VirtualMachine", machine, ""));
  }

  public void rename(String machine, String name) {
    awaitTask(
        call("Rename_Task", "VirtualMachine", machine, "<newName>" + xml(name) + "</newName>"));
  }

  /** Reconfigures CPUs and memory, in MiB. */
  public void reconfigure(String machine, int cpus, int memoryMB) {
    awaitTask(
        call(
            "ReconfigVM_Task",
            "VirtualMachine",
            machine,
            "<spec><numCPUs>%d</numCPUs><memoryMB>%d</memoryMB></spec>".formatted(cpus, memoryMB)));
  }

  /** Moves a machine into the folder with this managed object id. */
  public void moveIntoFolder(String machine, String folder) {
    awaitTask(
        call(
            "MoveIntoFolder_Task",
            "Folder",
            folder,
            "<list type='VirtualMachine'>" + xml(machine) + "</list>"));
  }

  /** Renames the folder with this managed object id. */
  public void renameFolder(String folder, String name) {
    awaitTask(call("Rename_Task", "Folder", folder, "<newName>" + xml(name) + "</newName>"));
  }

  public void destroy(String machine) {
    awaitTask(call("Destroy_Task", "VirtualMachine", machine, ""));
  }

  /** Logs out. */
  @Override
  public void close() {
    call("Logout", "SessionManager", "SessionManager", "");
  }

  /** Polls a task until it ends; returns its result. */
  private String awaitTask(String response) {
    String task = first("<returnval [^>]*>([^<]+)</returnval>", response);
    for (int i = 0; i < MAX_TASK_POLLS; i++) {
      String info = property("Task", task, "info");
      if (info.contains("<state>success</state>")) {
        return all("<result [^>]*>([^<]+)</result>", info).stream().findFirst().orElse("");
      } else if (info.contains("<state>error</state>")) {
        throw new AssertionError("the task failed: " + info);
      }
    }
    throw new AssertionError("the task did not end: " + task);
  }

  private String call(String method, String type, String id, String arguments) {
    String body =
        ("<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>"
                + "<%s xmlns='urn:vim25'><_this type='%s'>%s</_this>%s</%s>"
                + "</e:Body></e:Envelope>")
            .formatted(method, type, id, arguments, method);
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Cookie", cookie)
            .header("SOAPAction", "urn:vim25/6.0")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      response.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
      if (response.statusCode() != 200) {
        throw new AssertionError(method + ": " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new AssertionError(method + " at " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " at " + url, e);
    }
  }

  private static String first(String regex, String text) {
    return all(regex, text).stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + regex + " in " + text));
  }

  private static List<String> all(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
