package io.vminventory.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggestion of the known name that was probably meant by an unknown one. Pure. */
final class Suggestion {

  /** Two swapped letters count as two. */
  private static final int MAX_SLIPS = 2;

  /** In a long name, one in so many letters may be wrong. */
  private static final int LETTERS_PER_SLIP = 3;

  private Suggestion() {}

  /** The known name that is closest, if one is close; the first of those that are equally close. */
  static Optional<String> of(String written, Collection<String> known) {
    String plain = plain(written);
    return known.stream()
        .min(Comparator.comparingInt(name -> slips(plain, plain(name))))
        .filter(
            name ->
                slips(plain, plain(name)) <= Math.max(MAX_SLIPS, name.length() / LETTERS_PER_SLIP));
  }

  /** Ignores separators and case, which people get wrong first. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  /** How many letters have to be put in, left out or replaced (Levenshtein's distance). */
  private static int slips(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
