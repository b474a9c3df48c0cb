package io.vminventory.operator.log;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * Logback configuration, found as a service. The same as XML needs a parser and would delay each
 * start by some 0.2 s. {@code -Dlogback.configurationFile} replaces it.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

  /**
   * Text format. Names from vCenter can hold anything: control characters never reach a terminal or
   * start a line, and lines of an exception are marked.
   */
  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\",UTC} %-5level %-18logger{0} "
          + "%replace(tenant=%X{tenant} ){'^tenant= $', ''}"
          + "%replace(%msg){'[\\p{Cc}\\p{Zl}\\p{Zp}]+', ' '}%n"
          + "%replace(%replace(%ex){'[\\p{Cc}\\p{Zl}\\p{Zp}&&[^\\x0A\\x09]]', ' '})"
          + "{'(?m)^(?=.)', '  | '}";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    // Bodies of Secrets appear in these at debug and trace.
    context.getLogger("io.fabric8.kubernetes.client").setLevel(Level.INFO);
    // A stack trace for each reconnect of a watch; ApiReadinessProbe logs it in one line.
    context
        .getLogger("io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager")
        .setLevel(Level.WARN);
    context.getLogger("io.vertx").setLevel(Level.WARN);
    context.getLogger("io.netty").setLevel(Level.WARN);
    context.getLogger("io.javaoperatorsdk").setLevel(Level.WARN);
    context.getLogger("Default ConfigurationService implementation").setLevel(Level.WARN);
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(console(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setPattern(PATTERN);
    lines.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setEncoder(lines);
    console.start();
    return console;
  }
}
