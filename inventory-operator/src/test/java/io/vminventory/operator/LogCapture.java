package io.vminventory.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Captured log lines of every level from all loggers except those of the Kubernetes client. These
 * print bodies of Secrets at trace, so the operator's configuration fixes their level.
 */
final class LogCapture implements AutoCloseable {

  private static final List<String> LOGGERS =
      List.of(
          org.slf4j.Logger.ROOT_LOGGER_NAME,
          "io.vminventory",
          "io.javaoperatorsdk",
          "io.vertx",
          "io.netty");

  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final Map<String, @Nullable Level> before = new HashMap<>();

  LogCapture() {
    appender.start();
    for (String name : LOGGERS) {
      before.put(name, logger(name).getLevel());
      logger(name).setLevel(Level.TRACE);
    }
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  /** Messages and stack traces so far. */
  List<String> lines() {
    return List.copyOf(appender.list).stream()
        .flatMap(
            event ->
                event.getThrowableProxy() == null
                    ? Stream.of(event.getFormattedMessage())
                    : Stream.of(
                        event.getFormattedMessage(),
                        ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .toList();
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  @Override
  public void close() {
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(appender);
    before.forEach((name, level) -> logger(name).setLevel(level));
  }
}
