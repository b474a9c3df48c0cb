package io.vminventory.vsphere;

import java.util.ArrayList;
import java.util.List;

/** XML of an {@code ObjectContent} as a vCenter writes it. */
final class ObjectXml {

  private final String type;
  private final String reference;
  private final StringBuilder parts = new StringBuilder();

  private ObjectXml(String type, String reference) {
    this.type = type;
    this.reference = reference;
  }

  static ObjectXml object(String type, String reference) {
    return new ObjectXml(type, reference);
  }

  static ObjectXml vm(String reference) {
    return object("VirtualMachine", reference);
  }

  /** A property, with XML as its value. */
  ObjectXml with(String path, String value) {
    parts.append(
        "<propSet><name>%s</name><val xsi:type='xsd:anything'>%s</val></propSet>"
            .formatted(path, value));
    return this;
  }

  ObjectXml withReference(String path, String type, String value) {
    parts.append(
        "<propSet><name>%s</name><val type='%s' xsi:type='ManagedObjectReference'>%s</val></propSet>"
            .formatted(path, type, value));
    return this;
  }

  ObjectXml missing(String path, String fault) {
    parts.append(
        ("<missingSet><path>%s</path><fault><fault xsi:type='%s'><later/></fault>"
                + "<localizedMessage>no</localizedMessage></fault></missingSet>")
            .formatted(path, fault));
    return this;
  }

  static String nic(int device, String ip) {
    return ("<GuestNicInfo><network>VM Network</network><ipAddress>%s</ipAddress>"
            + "<macAddress>00:50:56:AB:00:01</macAddress><connected>true</connected>"
            + "<deviceConfigId>%d</deviceConfigId><ipConfig><ipAddress><ipAddress>9.9.9.9"
            + "</ipAddress></ipAddress></ipConfig></GuestNicInfo>")
        .formatted(ip, device);
  }

  String xml() {
    return "<objects>" + content() + "</objects>";
  }

  /** The content of an {@code ObjectContent}. */
  String content() {
    return "<obj type='%s'>%s</obj>%s".formatted(type, reference, parts);
  }

  /** An {@code ObjectUpdate} of this kind. */
  String update(String kind) {
    return "<objectSet><kind>%s</kind>%s</objectSet>"
        .formatted(
            kind,
            content()
                .replace("<propSet>", "<changeSet>")
                .replace("</name>", "</name><op>assign</op>")
                .replace("</propSet>", "</changeSet>"));
  }

  /** A property that is reported as unset. */
  ObjectXml without(String path) {
    parts.append("<propSet><name>%s</name></propSet>".formatted(path));
    return this;
  }

  ManagedObject read() throws Exception {
    List<ManagedObject> objects = new ArrayList<>();
    XmlWalkerTest.walker(
            "<r xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>" + xml() + "</r>")
        .document(root -> root.children(element -> objects.add(ManagedObjectReader.read(element))));
    return objects.get(0);
  }
}
