package io.vminventory.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vminventory.api.TenantId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

@Tag("pure")
class TenantOptionTest {

  @Test
  void readsNamespaceAndName() {
    assertThat(new TenantOption().convert("default/test.a-1"))
        .isEqualTo(new TenantId("default", "test.a-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "a/b/c", "/test", "default/", "../x", "a/..", "A/b", "a/b?c", ""})
  void whatCouldLeadElsewhereIsRefused(String value) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new TenantOption().convert(value))
        .withMessageContaining("write namespace/name, such as default/test");
  }
}
