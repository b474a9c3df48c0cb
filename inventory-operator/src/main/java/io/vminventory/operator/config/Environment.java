package io.vminventory.operator.config;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Default values of options from environment variables. A blank variable counts as not set:
 * manifests often leave one empty.
 *
 * <p>{@code --vcenter-host} is {@code VCENTER_HOST}, {@code --http-port} is {@code
 * VMINVENTORY_HTTP_PORT}.
 *
 * @param variables the environment
 */
public record Environment(Map<String, String> variables) implements IDefaultValueProvider {

  @Override
  public @Nullable String defaultValue(ArgSpec arg) {
    if (arg instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()) {
      String value = variables.getOrDefault(variable(option.longestName()), "");
      return value.isBlank() ? null : value;
    }
    return null;
  }

  private static String variable(String option) {
    String name = option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    return name.startsWith("VCENTER_") ? name : "VMINVENTORY_" + name;
  }
}
