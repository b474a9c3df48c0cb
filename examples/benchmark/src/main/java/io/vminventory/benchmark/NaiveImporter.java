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
 * Naive importer, as a baseline: one machine after the other, one round trip per getter, one write
 * per machine even if nothing has changed. It keeps no state between runs. For one thread.
 */
final class NaiveImporter {

  /** Properties that the getters of a client library read, each as a whole. */
  private static final List<String> GETTERS =
      List.of("name", "runtime", "config", "config", "config", "guest", "guest", "summary");

  private static final String ENVELOPE_START =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope"
          + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>";
  private static final String ENVELOPE_END = "</soapenv:Body></soapenv:Envelope>";
  private static final String HEADERS =
      "Content-Type: text/xml; charset=utf-8\r\nSOAPAction: \"urn:vim25/6.0\"\r\n";

  private final VcenterOptions vcenter;
  private final KubernetesClient client;
  private final String namespace;
  private final List<String> machines;
  private int requests;
  private long responseBytes;

  /**
   * @param machines the values of their references; knowing them is an advantage of this importer
   */
  NaiveImporter(
      VcenterOptions vcenter, KubernetesClient client, String namespace, List<String> machines) {
    this.vcenter = vcenter;
    this.client = client;
    this.namespace = namespace;
    this.machines = List.copyOf(machines);
  }

  /** The number of requests that the last run has sent to vCenter. */
  int requests() {
    return requests;
  }

  /** The bytes of their response bodies. */
  long responseBytes() {
    return responseBytes;
  }

  /** Reads and writes all machines. */
  void run() throws IOException {
    requests = 0;
    responseBytes = 0;
    try (RawHttp http = new RawHttp(vcenter.url(), vcenter.tls())) {
      RawHttp.Response service =
          call(
              http,
              "",
              "<RetrieveServiceContent xmlns=\"urn:vim25\"><_this type=\"ServiceInstance\">"
                  + "ServiceInstance</_this></RetrieveServiceContent>");
      String collector = Substrings.element(service.bodyStart(), "propertyCollector").orElseThrow();
      String sessions = Substrings.element(service.bodyStart(), "sessionManager").orElseThrow();
      String cookie =
          call(
                  http,
                  service.cookie(),
                  ("<Login xmlns=\"urn:vim25\"><_this type=\"SessionManager\">%s</_this>"
                          + "<userName>%s</userName><password>%s</password></Login>")
                      .formatted(sessions, vcenter.username(), vcenter.password()))
              .cookie();
      for (String machine : machines) {
        Map<String, String> properties = new HashMap<>();
        for (String getter : GETTERS) {
          properties.put(getter, call(http, cookie, get(collector, machine, getter)).bodyStart());
        }
        write(machine, properties);
      }
      RawHttp.Response unused =
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

  private RawHttp.Response call(RawHttp http, String cookie, String body) throws IOException {
    RawHttp.Response response =
        http.send(
            "POST",
            vcenter.url().getRawPath(),
            HEADERS + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n"),
            (ENVELOPE_START + body + ENVELOPE_END).getBytes(StandardCharsets.UTF_8));
    if (response.status() != 200) {
      throw new IOException("HTTP status " + response.status() + ": " + response.bodyStart());
    }
    requests++;
    responseBytes += response.bodyBytes();
    return response;
  }

  /** Gets, creates or else updates, and gets again. */
  private void write(String machine, Map<String, String> properties) {
    VmResource vm = record(machine, properties);
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

  private VmResource record(String machine, Map<String, String> properties) {
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
                fact(properties, "name", "val"),
                fact(properties, "runtime", "powerState"),
                fact(properties, "config", "numCPU"),
                fact(properties, "config", "memoryMB"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    return client.getKubernetesSerialization().unmarshal(json, VmResource.class);
  }

  private static String fact(Map<String, String> properties, String getter, String element) {
    return Substrings.element(properties.getOrDefault(getter, ""), element).orElseThrow();
  }
}
