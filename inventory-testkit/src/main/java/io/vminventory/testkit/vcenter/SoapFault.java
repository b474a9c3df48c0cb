package io.vminventory.testkit.vcenter;

/** Fault of the vSphere API. */
final class SoapFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient DataObject detail;

  SoapFault(String message, DataObject detail) {
    super(message, null, false, false);
    this.detail = detail;
  }

  static SoapFault notAuthenticated(MoRef object) {
    return new SoapFault(
        "The session is not authenticated.",
        DataObject.of("NotAuthenticated")
            .with("object", object)
            .with("privilegeId", "System.View"));
  }

  static SoapFault notFound(MoRef object) {
    return new SoapFault(
        "The object '"
            + ("vim." + object.kind() + ":" + object.id())
            + "' has already been deleted or has not been completely created",
        DataObject.of("ManagedObjectNotFound").with("obj", object));
  }

  static SoapFault invalidProperty(String path) {
    return new SoapFault("", DataObject.of("InvalidProperty").with("name", path));
  }

  static SoapFault invalidArgument(String property) {
    return new SoapFault(
        "A specified parameter was not correct: " + property,
        DataObject.of("InvalidArgument").with("invalidProperty", property));
  }

  static SoapFault invalidRequest(String message) {
    return new SoapFault(message, DataObject.of("InvalidRequest"));
  }

  static SoapFault noPermission(MoRef object, String privilege) {
    return new SoapFault(
        "Permission to perform this operation was denied.",
        permissionDetail("NoPermission", object, privilege));
  }

  /** Detail of a denied access, also for unreadable properties. */
  static DataObject permissionDetail(String fault, MoRef object, String privilege) {
    return DataObject.derived(fault).with("object", object).with("privilegeId", privilege);
  }

  /** The detail, whose type is the name of the fault. */
  DataObject detail() {
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
