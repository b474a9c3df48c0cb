package io.vminventory.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class TableTextTest {

  private static TableText table(String rows) throws JsonProcessingException {
    return TableText.of(
        new ObjectMapper()
            .readTree(
                """
                {
                  "kind": "Table",
                  "columnDefinitions": [
                    {"name": "Name", "priority": 0},
                    {"name": "PowerState", "priority": 0},
                    {"name": "Folder", "priority": 1},
                    {"name": "NumCPU", "priority": 0},
                    {"name": "IPs", "priority": 0},
                    {"name": "Age", "priority": 0}
                  ],
                  "rows": [%s]
                }
                """
                    .formatted(rows)));
  }

  private static final String ON =
      """
      {"cells": ["nwcd-ike-a-m1", "poweredOn", "/nwcd/vm", 2, "[\\"10.141.86.60\\"]", "47s"]}\
      """;
  private static final String OFF =
      """
      {"cells": ["nwcd-ike-clean", "poweredOff", "/nwcd/vm", 2, null, "3h12m"]}\
      """;

  @Test
  void columnsAreAlignedAsKubectlAlignsThem() throws Exception {
    assertThat(table(ON + "," + OFF))
        .hasToString(
            """
            NAME             POWERSTATE   NUMCPU   IPS                AGE
            nwcd-ike-a-m1    poweredOn    2        ["10.141.86.60"]   47s
            nwcd-ike-clean   poweredOff   2                           3h12m
            """);
  }

  @Test
  void columnsAreAtLeastSixCharactersWide() throws Exception {
    assertThat(
            TableText.of(
                new ObjectMapper()
                    .readTree(
                        """
                        {"columnDefinitions": [{"name": "A"}, {"name": "B"}],
                         "rows": [{"cells": ["x", true]}]}
                        """)))
        .hasToString("A     B\nx     true\n");
  }

  @Test
  void emptyTableHasOnlyItsHeader() throws Exception {
    assertThat(table("")).hasToString("NAME   POWERSTATE   NUMCPU   IPS   AGE\n");
  }

  @Test
  void tableOfOneRowIsAsNarrowAsItsValues() throws Exception {
    assertThat(table(ON + "," + OFF).only("nwcd-ike-clean"))
        .hasToString(
            """
            NAME             POWERSTATE   NUMCPU   IPS   AGE
            nwcd-ike-clean   poweredOff   2              3h12m
            """);
    assertThat(table(ON).only("other")).hasToString("NAME   POWERSTATE   NUMCPU   IPS   AGE\n");
  }
}
