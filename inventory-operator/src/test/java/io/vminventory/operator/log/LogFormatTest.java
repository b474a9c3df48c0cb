package io.vminventory.operator.log;

import static ch.qos.logback.classic.spi.Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both formats, as {@link LogSetup} sets them up, fed with what a hostile vCenter may say. */
@Tag("pure")
class LogFormatTest {

  private static final String FORGED = "2026-11-23T16:01:48.614Z INFO  Main  all is well";
  private static final String HOSTILE =
      "vm\n" + FORGED + "\r\n\u001b[31mred\u009b1m\u2028\u2029\u0085\"},{\"level\":\"ERROR";

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void setUp() {
    assertThat(new LogSetup().configure(context)).isEqualTo(DO_NOT_INVOKE_NEXT_IF_ANY);
  }

  @AfterEach
  void tearDown() {
    context.stop();
  }

  @Test
  void noWarningIsGivenAboutTheSetUp() {
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .allMatch(status -> status.getEffectiveLevel() == Status.INFO);
  }

  @Test
  void clientsTellNoBodies() {
    assertThat(context.getLogger("io.fabric8.kubernetes.client.dsl").isDebugEnabled()).isFalse();
  }

  @Test
  void logbackFindsTheSetUp() {
    assertThat(ServiceLoader.load(Configurator.class)).hasOnlyElementsOfType(LogSetup.class);
  }

  @Test
  void aMessageIsOneLineOfText() {
    String text = line(HOSTILE, Map.of("tenant", "default/test"), null);
    assertThat(text.lines()).hasSize(1);
    assertThat(text)
        .startsWith("2026-11-23T12:00:00.000Z WARN ")
        .contains("tenant=default/test vm " + FORGED)
        .endsWith("\n");
    assertPrintable(text);
  }

  @Test
  void noLineOfAnExceptionLooksLikeALogLine() {
    String text =
        line("failed", Map.of(), new IllegalStateException(HOSTILE, new Exception(HOSTILE)));
    assertThat(text).containsOnlyOnce("IllegalStateException").contains("  | \tat ", FORGED);
    List<String> lines = text.lines().toList();
    assertThat(lines.get(0)).endsWith("failed");
    assertThat(lines.subList(1, lines.size())).isNotEmpty().allMatch(l -> l.startsWith("  | "));
    assertPrintable(text);
  }

  @Test
  void aMessageIsOneLineOfJson() throws Exception {
    JsonLines.use(context);
    String text = line(HOSTILE, Map.of("tenant", "default/test"), null);
    assertThat(text).matches("[ -~]+\n");
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(json.properties())
        .extracting(field -> field.getKey() + "=" + field.getValue().asText())
        .containsExactly(
            "timestamp=2026-11-23T12:00:00Z",
            "level=WARN",
            "logger=io.vminventory.Test",
            "thread=mirror",
            "message=" + HOSTILE,
            "tenant=default/test");
  }

  @Test
  void anExceptionStaysInItsLineOfJson() throws Exception {
    JsonLines.use(context);
    String text = line("failed", Map.of(), new IllegalStateException(HOSTILE));
    assertThat(text).matches("[ -~]+\n");
    assertThat(new ObjectMapper().readTree(text).get("exception").asText())
        .startsWith("java.lang.IllegalStateException: vm\n")
        .contains("\tat ");
  }

  private String line(String message, Map<String, String> mdc, @Nullable Throwable thrown) {
    Logger logger = context.getLogger("io.vminventory.Test");
    LoggingEvent event =
        new LoggingEvent(
            LogFormatTest.class.getName(),
            logger,
            Level.WARN,
            "{}",
            thrown,
            new Object[] {message});
    event.setInstant(Instant.parse("2026-11-23T12:00:00Z"));
    event.setThreadName("mirror");
    event.setMDCPropertyMap(mdc);
    return new String(console().getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  private OutputStreamAppender<ILoggingEvent> console() {
    return (OutputStreamAppender<ILoggingEvent>)
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
  }

  private static void assertPrintable(String text) {
    assertThat(text.replace("\n", "").replace("\t", ""))
        .doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
  }
}
