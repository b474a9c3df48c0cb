package io.vminventory.testkit.vcenter;

/** A call that ends with a fault of the vSphere API instead of a result. */
final class SoapFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Data detail;

  SoapFault(String message, Data detail) {
    super(message, null, false, false);
    this.detail = detail;
  }

  static SoapFault notAuthenticated(Ref object) {
    return new SoapFault(
        "The session is not authenticated.",
        Data.of("NotAuthenticated").with("object", object).with("privilegeId", "System.View"));
  }

  static SoapFault notFound(Ref object) {
    return new SoapFault(
        "The object '"
            + ("vim." + object.kind() + ":" + object.id())
            + "' has already been deleted or has not been completely created",
        Data.of("ManagedObjectNotFound").with("obj", object));
  }

  static SoapFault invalidProperty(String path) {
    return new SoapFault("", Data.of("InvalidProperty").with("name", path));
  }

  static SoapFault invalidArgument(String property) {
    return new SoapFault(
        "A specified parameter was not correct: " + property,
        Data.of("InvalidArgument").with("invalidProperty", property));
  }

  static SoapFault invalidRequest(String message) {
    return new SoapFault(message, Data.of("InvalidRequest"));
  }

  static SoapFault noPermission(Ref object, String privilege) {
    return new SoapFault(
        "Permission to perform this operation was denied.",
        deniedDetail("NoPermission", object, privilege));
  }

  /** What a missing property says, too. */
  static Data deniedDetail(String fault, Ref object, String privilege) {
    return Data.derived(fault).with("object", object).with("privilegeId", privilege);
  }

  /** Its type is the fault's name. */
  Data detail() {
    return detail;
  }

  void write(XmlWriter out) {
    out.open("soapenv:Fault").element("faultcode", "ServerFaultCode");
    out.element("faultstring", String.valueOf(getMessage())).open("detail");
    String element = detail.type() + "Fault";
    out.raw("<").raw(element).raw(" xmlns=\"urn:vim25\" xsi:type=\"").raw(detail.type()).raw("\">");
    out.fields(detail).close(element).close("detail").close("soapenv:Fault");
  }
}
