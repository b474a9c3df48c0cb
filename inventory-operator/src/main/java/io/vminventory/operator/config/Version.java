package io.vminventory.operator.config;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Version from the manifest of the jar. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"vminventory-operator " + text()};
  }

  public static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "(not packaged)");
  }
}
