package io.vminventory.vsphere;

import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The vCenter (or its simulator) that the environment names, and an administrator who changes it.
 */
final class PeerVcenter {

  static final String URL = "VMINVENTORY_IT_VCENTER_URL";

  private final HttpClient http;
  private String cookie = "";

  /** Logs the administrator in. */
  PeerVcenter() throws Exception {
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(VsphereSettings.of(settings(Map.of())).trust().context())
            .build();
    Tenant account = account();
    String password = account.password().reveal();
    call(
        "<Login xmlns='urn:vim25'><_this type='SessionManager'>SessionManager</_this>%s</Login>"
            .formatted(
                "<userName>"
                    + account.username()
                    + "</userName><password>"
                    + password
                    + "</password>"));
  }

  static ProviderSettings settings(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(Map.of("host", env(URL)));
    if (!more.containsKey("thumbprint")) {
      values.put("ca-file", env("VMINVENTORY_IT_VCENTER_CA"));
    }
    values.putAll(more);
    return new ProviderSettings("peer", values);
  }

  static Tenant account() {
    return account(env("VMINVENTORY_IT_VCENTER_PASSWORD"));
  }

  static Tenant account(String password) {
    return new Tenant(
        new TenantId("default", "test"),
        env("VMINVENTORY_IT_VCENTER_USERNAME"),
        Secret.of(password),
        "test");
  }

  private static String env(String name) {
    return System.getenv().getOrDefault(name, "");
  }

  /** The keys of the sessions that are open, the administrator's among them. */
  Set<String> sessions() throws Exception {
    String answer = property("SessionManager", "SessionManager", "sessionList");
    return new TreeSet<>(all("<key>([^<]+)</key>", answer));
  }

  /** Throws another session out. */
  void terminate(String session) throws Exception {
    call(
        "<TerminateSession xmlns='urn:vim25'><_this type='SessionManager'>SessionManager</_this>"
            + "<sessionId>"
            + session
            + "</sessionId></TerminateSession>");
  }

  String property(String type, String value, String path) throws Exception {
    return call(
        ("<RetrievePropertiesEx xmlns='urn:vim25'>"
                + "<_this type='PropertyCollector'>propertyCollector</_this>"
                + "<specSet><propSet><type>%s</type><pathSet>%s</pathSet></propSet>"
                + "<objectSet><obj type='%s'>%s</obj></objectSet></specSet><options/>"
                + "</RetrievePropertiesEx>")
            .formatted(type, path, type, value));
  }

  /** Makes a machine like another one, in its folder, and waits until it is there. */
  String cloneMachine(String source, String name) throws Exception {
    String folder =
        all("<val [^>]*>([^<]+)</val>", property("VirtualMachine", source, "parent")).get(0);
    return finish(
        call(
            ("<CloneVM_Task xmlns='urn:vim25'><_this type='VirtualMachine'>%s</_this>"
                    + "<folder type='Folder'>%s</folder><name>%s</name><spec><location/>"
                    + "<template>false</template><powerOn>false</powerOn></spec></CloneVM_Task>")
                .formatted(source, folder, name)));
  }

  void powerOff(String machine) throws Exception {
    finish(machineTask("PowerOffVM_Task", machine, ""));
  }

  void powerOn(String machine) throws Exception {
    finish(machineTask("PowerOnVM_Task", machine, ""));
  }

  void rename(String machine, String name) throws Exception {
    finish(machineTask("Rename_Task", machine, "<newName>" + name + "</newName>"));
  }

  void destroy(String machine) throws Exception {
    finish(machineTask("Destroy_Task", machine, ""));
  }

  private String machineTask(String operation, String machine, String arguments) throws Exception {
    return call(
        "<%s xmlns='urn:vim25'><_this type='VirtualMachine'>%s</_this>%s</%s>"
            .formatted(operation, machine, arguments, operation));
  }

  /** Asks for a task's result until it has ended. */
  private String finish(String answer) throws Exception {
    String task = all("<returnval [^>]*>([^<]+)</returnval>", answer).get(0);
    for (int i = 0; i < 200; i++) {
      String info = property("Task", task, "info");
      if (info.contains("<state>success</state>")) {
        return all("<result [^>]*>([^<]+)</result>", info).stream().findFirst().orElse("");
      } else if (info.contains("<state>error</state>")) {
        throw new IOException(info);
      }
    }
    throw new IOException("the task does not end: " + answer);
  }

  private String call(String body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(env(URL)))
                .timeout(Duration.ofSeconds(20))
                .header("Cookie", cookie)
                .header("SOAPAction", "urn:vim25/6.0")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>"
                            + body
                            + "</e:Body></e:Envelope>"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";", 2)[0]);
    if (answer.statusCode() != 200) {
      throw new IOException(answer.body());
    }
    return answer.body();
  }

  private static List<String> all(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(match -> match.group(1)).toList();
  }
}
