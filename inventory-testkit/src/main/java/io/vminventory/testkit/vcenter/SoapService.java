package io.vminventory.testkit.vcenter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Dispatcher from SOAP requests to methods. Thread-safe. */
final class SoapService {

  private static final String START =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          + "<soapenv:Envelope xmlns:soapenc=\"http://schemas.xmlsoap.org/soap/encoding/\""
          + " xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
          + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<soapenv:Body>\n";
  private static final String END = "\n</soapenv:Body>\n</soapenv:Envelope>";

  /**
   * SOAP response.
   *
   * @param cookie the session cookie to set, if any
   */
  record SoapResponse(boolean isFault, XmlWriter envelope, Optional<String> cookie) {}

  private final Sessions sessions;
  private final Map<String, SoapMethod> methods = new HashMap<>();

  SoapService(Sessions sessions, Map<String, SoapMethod> methods) {
    this.sessions = sessions;
    this.methods.putAll(methods);
  }

  /** The element in the SOAP body, which names the method. */
  static XmlElement method(byte[] envelope) throws XMLStreamException {
    return XmlElement.parse(envelope)
        .child("Body")
        .flatMap(body -> body.children().stream().findFirst())
        .orElseThrow(() -> new XMLStreamException("no method in the body of the envelope"));
  }

  /**
   * Runs a method.
   *
   * @param unauthenticated whether all properties are unreadable, as if the session ended during
   *     the call
   */
  SoapResponse call(
      XmlElement request,
      @Nullable String cookie,
      String address,
      String userAgent,
      boolean unauthenticated)
      throws InterruptedException {
    XmlWriter out = new XmlWriter().raw(START);
    int start = out.size();
    String response = request.name() + "Response";
    out.raw("<").raw(response).raw(" xmlns=\"urn:vim25\">");
    try {
      SoapMethod method = methods.get(request.name());
      if (method == null) {
        throw SoapFault.invalidRequest("Unable to resolve WSDL method name " + request.name());
      }
      Session session = sessions.beginCall(cookie).orElse(null);
      try {
        SoapCall call = new SoapCall(request, session, address, userAgent, out, unauthenticated);
        method.invoke(call);
        out.close(response).raw(END);
        return new SoapResponse(false, out, call.cookie());
      } finally {
        sessions.endCall(session);
      }
    } catch (SoapFault fault) {
      out.truncate(start);
      return fault(fault, out);
    }
  }

  /** An envelope with a fault. */
  static SoapResponse fault(SoapFault fault) {
    return fault(fault, new XmlWriter().raw(START));
  }

  private static SoapResponse fault(SoapFault fault, XmlWriter out) {
    fault.write(out);
    return new SoapResponse(true, out.raw(END), Optional.empty());
  }
}
