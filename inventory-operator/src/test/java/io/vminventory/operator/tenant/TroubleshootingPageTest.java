package io.vminventory.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.operator.kube.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of reasons on the troubleshooting page is complete. */
@Tag("pure")
class TroubleshootingPageTest {

  private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|");

  /** The reasons that the sink gives to a record. */
  private static final List<String> RECORD_REASONS = List.of("NotReadable", "UnknownForNow");

  @Test
  void everyReasonIsExplainedAndNoOther() throws IOException {
    String page = Files.readString(PAGE);
    List<String> explained =
        FIRST_CELL
            .matcher(page.substring(page.indexOf("\n## Reasons\n")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Arrays.stream(Reason.values()).map(Reason::name), RECORD_REASONS.stream())
                .toList());
  }
}
