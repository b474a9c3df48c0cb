package io.vminventory.benchmark;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vminventory.k8s.VmResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way that comes to mind first: one machine after the other, one round trip for each getter,
 * one write for each machine whether it has changed or not. It holds nothing between two runs. For
 * one thread.
 */
final class NaiveRun {

  /** What the getters of a client library ask for, each time as a whole. */
  private static final List<String> GETTERS =
      List.of("name", "runtime", "config", "config", "config", "guest", "guest", "summary");

  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope"
          + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>";
  private static final String FOOT = "</soapenv:Body></soapenv:Envelope>";
  private static final String HEADERS =
      "Content-Type: text/xml; charset=utf-8\r\nSOAPAction: \"urn:vim25/6.0\"\r\n";

  private final VcenterOptions vcenter;
  private final KubernetesClient client;
  private final String namespace;
  private final List<String> machines;
  private int requests;
  private long bytes;

  /**
   * @param machines the references' values; that they are known already is in favour of this way
   */
  NaiveRun(
      VcenterOptions vcenter, KubernetesClient client, String namespace, List<String> machines) {
    this.vcenter = vcenter;
    this.client = client;
    this.namespace = namespace;
    this.machines = List.copyOf(machines);
  }

  /** How many requests the vCenter has got from the last run. */
  int requests() {
    return requests;
  }

  /** How many bytes it has answered them with. */
  long bytes() {
    return bytes;
  }

  /** Reads and writes every machine. */
  void run() throws IOException {
    requests = 0;
    bytes = 0;
    try (RawHttp http = new RawHttp(vcenter.url(), vcenter.tls())) {
      RawHttp.Answer service =
          call(
              http,
              "",
              "<RetrieveServiceContent xmlns=\"urn:vim25\"><_this type=\"ServiceInstance\">"
                  + "ServiceInstance</_this></RetrieveServiceContent>");
      String collector = Texts.element(service.beginning(), "propertyCollector").orElseThrow();
      String sessions = Texts.element(service.beginning(), "sessionManager").orElseThrow();
      String cookie =
          call(
                  http,
                  service.cookie(),
                  ("<Login xmlns=\"urn:vim25\"><_this type=\"SessionManager\">%s</_this>"
                          + "<userName>%s</userName><password>%s</password></Login>")
                      .formatted(sessions, vcenter.username(), vcenter.password()))
              .cookie();
      for (String machine : machines) {
        Map<String, String> read = new HashMap<>();
        for (String getter : GETTERS) {
          read.put(getter, call(http, cookie, get(collector, machine, getter)).beginning());
        }
        write(machine, read);
      }
      RawHttp.Answer unused =
          call(
              http,
              cookie,
              "<Logout xmlns=\"urn:vim25\"><_this type=\"SessionManager\">%s</_this></Logout>"
                  .formatted(sessions));
    }
  }

  private static String get(String collector, String machine, String property) {
    return ("<RetrievePropertiesEx xmlns=\"urn:vim25\"><_this type=\"PropertyCollector\">%s</_this>"
            + "<specSet><propSet><type>VirtualMachine</type><pathSet>%s</pathSet></propSet>"
            + "<objectSet><obj type=\"VirtualMachine\">%s</obj></objectSet></specSet><options/>"
            + "</RetrievePropertiesEx>")
        .formatted(collector, property, machine);
  }

  private RawHttp.Answer call(RawHttp http, String cookie, String body) throws IOException {
    RawHttp.Answer answer =
        http.send(
            "POST",
            vcenter.url().getRawPath(),
            HEADERS + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n"),
            (HEAD + body + FOOT).getBytes(StandardCharsets.UTF_8));
    if (answer.status() != 200) {
      throw new IOException("answered with " + answer.status() + ": " + answer.beginning());
    }
    requests++;
    bytes += answer.bytes();
    return answer;
  }

  /** Looks, creates or else replaces, and looks again. */
  private void write(String machine, Map<String, String> read) {
    VmResource vm = record(machine, read);
    Resource<VmResource> resource =
        client.resources(VmResource.class).inNamespace(namespace).resource(vm);
    VmResource unused = resource.get();
    try {
      unused = resource.create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        throw e;
      }
      vm.getMetadata().setResourceVersion(resource.get().getMetadata().getResourceVersion());
      unused = resource.update();
    }
    unused = resource.get();
  }

  private VmResource record(String machine, Map<String, String> read) {
    String json =
        """
        {"apiVersion": "vminventory.io/v1", "kind": "VM",
         "metadata": {"name": "%s", "namespace": "%s"},
         "spec": {"source": {"tenant": "naive", "tenantNamespace": "%s", "key": "naive/%s"}},
         "status": {"vmname": "%s", "powerState": "%s", "numCpu": %s, "memoryMB": %s,
                    "updateDate": "%s"}}
        """
            .formatted(
                machine,
                namespace,
                namespace,
                machine,
                fact(read, "name", "val"),
                fact(read, "runtime", "powerState"),
                fact(read, "config", "numCPU"),
                fact(read, "config", "memoryMB"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    return client.getKubernetesSerialization().unmarshal(json, VmResource.class);
  }

  private static String fact(Map<String, String> read, String getter, String element) {
    return Texts.element(read.getOrDefault(getter, ""), element).orElseThrow();
  }
}
