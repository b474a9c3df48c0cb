package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class SelectorsTest {

  private static final JsonNode OBJECT =
      TestJson.object(
          """
          metadata: {name: m, namespace: lab, labels: {tier: web, example.com/x: ""}}
          spec: {owner: ann}
          """);
  private static final ResourceType TYPE =
      CustomTypes.of(
              TestJson.object(
                  """
                  spec:
                    group: example.com
                    names: {plural: machines, kind: Machine}
                    scope: Namespaced
                    versions:
                      - {name: v1, served: true, selectableFields: [{jsonPath: .spec.owner}]}
                  """))
          .get(0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | true",
        "tier=web | true",
        "tier==web | true",
        "tier = web | true",
        "tier=db | false",
        "tier!=web | false",
        "tier!=db | true",
        "other!=db | true",
        "other= | false",
        "example.com/x= | true",
        "tier in (web, db) | true",
        "tier in (db) | false",
        "other in (db) | false",
        "tier notin (web,db) | false",
        "other notin (db) | true",
        "tier | true",
        "other | false",
        "!tier | false",
        "!other | true",
        "tier in (web,db),!other | true",
        "tier=web,other | false"
      })
  void labels(String selector, boolean fits) {
    assertThat(Selectors.labels(selector).test(OBJECT)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name=m | true",
        "metadata.name!=m | false",
        "metadata.namespace=lab,spec.owner==ann | true",
        "spec.owner=bob | false"
      })
  void fields(String selector, boolean fits) {
    assertThat(Selectors.fields(selector, TYPE).test(OBJECT)).isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a in (", "a b", "a>1 b", "()"})
  void malformedLabelSelectorsAreRejected(String selector) {
    assertThatThrownBy(() -> Selectors.labels(selector)).isInstanceOf(StatusException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec.memoryMB=1", "status.power=on", "metadata.uid=x", "nonsense"})
  void fieldsThatAreNotSelectableAreRejected(String selector) {
    assertThatThrownBy(() -> Selectors.fields(selector, TYPE)).isInstanceOf(StatusException.class);
  }
}
