package io.vminventory.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class AccountsTest {

  /** Hash of {@code ann's word} from another implementation (libxcrypt). */
  private static final String ANN =
      "ann:$2y$05$abcdefghijklmnopqrstuuq2iEgyzouDtaNJd8hW7IGyRm8Eupwy.";

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("accounts"), text);
  }

  private static InventoryException refusal(Path file, String username, String password) {
    return catchThrowableOfType(
        InventoryException.class, () -> Accounts.read(file).check(username, Secret.of(password)));
  }

  @Test
  void hashesOfOtherProgramsAreAccepted() throws IOException {
    Path file = file("# the team\n\n" + ANN + "\n");

    assertThatCode(() -> Accounts.read(file).check("ann", Secret.of("ann's word")))
        .doesNotThrowAnyException();
  }

  @Test
  void wrongPasswordAndUnknownAccountAreDeniedWithTheSameMessage() throws IOException {
    Path file = file(ANN);
    InventoryException wrong = refusal(file, "ann", "guessed");
    InventoryException unknown = refusal(file, "eve", "ann's word");

    assertThat(wrong.failure()).isEqualTo(Failure.DENIED);
    assertThat(unknown.failure()).isEqualTo(Failure.DENIED);
    assertThat(wrong.getMessage().replace("ann", "eve")).isEqualTo(unknown.getMessage());
    assertThat(wrong).hasMessageNotContaining("guessed");
  }

  @Test
  void otherHashTypesAreRefusedWithoutShowingThem() throws IOException {
    InventoryException refused = refusal(file(ANN + "\nbob:{SHA}deadbeef\n" + ANN), "ann", "");

    assertThat(refused.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(refused)
        .hasMessageContaining("line 2 is not an account")
        .hasMessageContaining("line 3 has an account that was there before")
        .hasMessageNotContaining("deadbeef");
  }

  @Test
  void missingFileIsUnavailable() {
    assertThat(refusal(folder.resolve("missing"), "ann", "").failure())
        .isEqualTo(Failure.UNAVAILABLE);
  }
}
