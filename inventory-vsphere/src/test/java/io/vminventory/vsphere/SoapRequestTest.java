package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.SelectionSpec;
import com.vmware.vim25.TraversalSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class SoapRequestTest {

  private static String xml(SoapRequest request) {
    return new String(request.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void everyPasswordArrivesUnchanged() throws Exception {
    String password = " p&<>\"'\t\r\n]]>&amp;%2f{}東京\uD83D\uDE00 ";
    SoapRequest request =
        new SoapRequest("Login", ManagedObject.reference("SessionManager", "S&\"1"))
            .with("password", password);
    List<String> received = new ArrayList<>();
    XmlWalkerTest.walker(xml(request))
        .document(
            root ->
                root.children(
                    body ->
                        body.children(login -> login.children(arg -> received.add(arg.text())))));
    assertThat(received).containsExactly("S&\"1", password);
  }

  @Test
  void textThatXmlCannotHoldIsRefusedWithoutShowingIt() {
    for (String text : List.of("s3cret\u0000", "s3cret\u001b", "\uD800s3cret", "s3cret\uFFFF")) {
      assertThat(SoapRequest.isXmlText(text)).isFalse();
      SoapRequest request = new SoapRequest("Login", ManagedObject.reference("a", "b"));
      assertThatThrownBy(() -> request.with("password", text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void requestPrintsWithoutItsArguments() {
    assertThat(
            new SoapRequest("Login", ManagedObject.reference("a", "b")).with("password", "s3cret"))
        .hasToString("Login");
  }

  @Test
  void specsAreWrittenInTheOrderOfTheirSchema() {
    PropertySpec properties = new PropertySpec();
    properties.setType("VirtualMachine");
    properties.setPathSet(new String[] {"name", "parent"});
    SelectionSpec again = new SelectionSpec();
    again.setName("t");
    TraversalSpec traversal = new TraversalSpec();
    traversal.setName("t");
    traversal.setType("Folder");
    traversal.setPath("childEntity");
    traversal.setSkip(false);
    traversal.setSelectSet(new SelectionSpec[] {again});
    ObjectSpec object = new ObjectSpec();
    object.setObj(ManagedObject.reference("Folder", "group-d1"));
    object.setSkip(true);
    object.setSelectSet(new SelectionSpec[] {traversal});
    PropertyFilterSpec spec = new PropertyFilterSpec();
    spec.setPropSet(new PropertySpec[] {properties});
    spec.setObjectSet(new ObjectSpec[] {object});
    RetrieveOptions options = new RetrieveOptions();
    options.setMaxObjects(500);

    assertThat(
            xml(
                new SoapRequest("R", ManagedObject.reference("PropertyCollector", "pc"))
                    .with("specSet", spec)
                    .with("options", options)))
        .contains(
            "<R xmlns=\"urn:vim25\"><_this type=\"PropertyCollector\">pc</_this>"
                + "<specSet><propSet><type>VirtualMachine</type><pathSet>name</pathSet>"
                + "<pathSet>parent</pathSet></propSet>"
                + "<objectSet><obj type=\"Folder\">group-d1</obj><skip>true</skip>"
                + "<selectSet xsi:type=\"TraversalSpec\"><name>t</name><type>Folder</type>"
                + "<path>childEntity</path><skip>false</skip>"
                + "<selectSet><name>t</name></selectSet></selectSet></objectSet></specSet>"
                + "<options><maxObjects>500</maxObjects></options></R>");
  }
}
