package io.vminventory.operator.config;

import io.vminventory.api.TenantId;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converter of a Tenant on the command line, {@code namespace/name}. */
public final class TenantOption implements ITypeConverter<TenantId> {

  /** Names become parts of paths, so nothing else is accepted. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

  @Override
  public TenantId convert(String value) {
    String[] parts = value.split("/", -1);
    if (parts.length != 2
        || !NAME.matcher(parts[0]).matches()
        || !NAME.matcher(parts[1]).matches()) {
      throw new TypeConversionException(
          "'" + value + "' is not a Tenant; write namespace/name, such as default/test");
    }
    return new TenantId(parts[0], parts[1]);
  }
}
