package io.vminventory.k8s.sink;

import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Object names of new records.
 *
 * <p>A record gets its machine's name if that is a legal object name that no other object has and
 * no other new machine shares. Otherwise it gets a readable slug of the name and a hash of tenant
 * and key. The order of the machines does not matter.
 */
record RecordNames(TenantId tenant) {

  /** A DNS-1123 subdomain, as the API server requires. */
  private static final Pattern LEGAL =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final int MAX_LENGTH = 253;
  private static final int MAX_SLUG_LENGTH = 40;
  private static final int SHORT_HASH = 10;
  private static final int LONG_HASH = 40;

  /** Letters that Unicode does not decompose. */
  private static final Map<String, String> FOLDED =
      Map.of("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th");

  private static final Pattern FOLDABLE = Pattern.compile("[ßæœøłđðþ]");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^a-z0-9]+");
  private static final Pattern OUTER_HYPHENS = Pattern.compile("^-+|-+$");

  /**
   * A name for each machine, all different unless even long hashes are taken.
   *
   * @param unrecorded machines without a record
   * @param taken the names of all existing objects
   */
  Map<VirtualMachineId, String> choose(Collection<VirtualMachine> unrecorded, Set<String> taken) {
    Map<String, Long> wanted = count(unrecorded, VirtualMachine::name);
    Map<String, Long> hashed = count(unrecorded, machine -> hashed(machine, SHORT_HASH));
    Map<VirtualMachineId, String> names = new LinkedHashMap<>();
    for (VirtualMachine machine : unrecorded) {
      String plain = machine.name();
      String small = hashed(machine, SHORT_HASH);
      if (isLegal(plain)
          && wanted.getOrDefault(plain, 0L) == 1
          && !hashed.containsKey(plain)
          && !taken.contains(plain)) {
        names.put(machine.id(), plain);
      } else if (hashed.getOrDefault(small, 0L) == 1 && !taken.contains(small)) {
        names.put(machine.id(), small);
      } else {
        names.put(machine.id(), hashed(machine, LONG_HASH));
      }
    }
    return names;
  }

  static boolean isLegal(String name) {
    return name.length() <= MAX_LENGTH && LEGAL.matcher(name).matches();
  }

  /** Readable form of a name: lower-case ASCII letters and digits with single hyphens between. */
  static String slug(String name) {
    String lower = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String folded =
        FOLDABLE
            .matcher(MARKS.matcher(lower).replaceAll(""))
            .replaceAll(match -> FOLDED.getOrDefault(match.group(), ""));
    String slug = trim(NEITHER_LETTER_NOR_DIGIT.matcher(folded).replaceAll("-"));
    slug = trim(slug.substring(0, Math.min(slug.length(), MAX_SLUG_LENGTH)));
    return slug.isEmpty() ? "vm" : slug;
  }

  private static String trim(String slug) {
    return OUTER_HYPHENS.matcher(slug).replaceAll("");
  }

  private String hashed(VirtualMachine machine, int length) {
    String identity = tenant + "/" + machine.id();
    return slug(machine.name()) + "-" + sha256(identity).substring(0, length);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Map<String, Long> count(
      Collection<VirtualMachine> machines, Function<VirtualMachine, String> name) {
    return machines.stream().collect(Collectors.groupingBy(name, Collectors.counting()));
  }
}
