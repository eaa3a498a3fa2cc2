// SPDX-License-Identifier: Apache-2.0
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds to the SBOM what Maven's dependencies do not show, the model, and refuses licences that we
 * do not ship. Run by the profile {@code sbom} with the class path of the server.
 */
public final class CompleteSbom {
  /** A component with several licences may be used under any of them. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "Go License",
          "MIT",
          "MIT-0",
          "CC0-1.0",
          "Public Domain");

  /**
   * Their POM says "The BSD License" and links to that of 3 clauses; CycloneDX takes the older one.
   */
  private static final Map<String, String> CORRECTED =
      Map.of("jline-native", "BSD-3-Clause", "jline-terminal", "BSD-3-Clause");

  private CompleteSbom() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    if (!Files.exists(file)) {
      System.err.println(file + ": not found (expected: an SBOM; Maven makes none with --offline)");
      System.exit(1);
    }
    JsonObject sbom = new Gson().fromJson(Files.readString(file), JsonObject.class);
    JsonArray components = sbom.getAsJsonArray("components");
    for (JsonElement element : components) {
      JsonObject component = element.getAsJsonObject();
      String name = text(component, "name");
      if (CORRECTED.containsKey(name)) {
        component.add("licenses", licence(CORRECTED.get(name)));
      }
    }
    components.add(model(Path.of(args[1])));

    List<String> refused = refused(components);
    if (!refused.isEmpty()) {
      System.err.println("Licences that are not allowed, see CompleteSbom.java:");
      refused.forEach(line -> System.err.println("  " + line));
      System.exit(1);
    }
    Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(sbom) + "\n");
  }

  private static JsonObject model(Path weights) throws Exception {
    String sha256 =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(weights)));
    String name = weights.getParent().getParent().getFileName().toString();
    JsonObject model = new JsonObject();
    model.addProperty("type", "machine-learning-model");
    model.addProperty("name", name);
    model.addProperty("version", sha256.substring(0, 12));
    model.add("licenses", licence("Apache-2.0"));
    JsonObject hash = new JsonObject();
    hash.addProperty("alg", "SHA-256");
    hash.addProperty("content", sha256);
    JsonArray hashes = new JsonArray();
    hashes.add(hash);
    model.add("hashes", hashes);
    return model;
  }

  private static JsonArray licence(String spdx) {
    JsonObject id = new JsonObject();
    id.addProperty("id", spdx);
    JsonObject choice = new JsonObject();
    choice.add("license", id);
    JsonArray licences = new JsonArray();
    licences.add(choice);
    return licences;
  }

  private static List<String> refused(JsonArray components) {
    List<String> refused = new ArrayList<>();
    for (JsonElement element : components) {
      JsonObject component = element.getAsJsonObject();
      List<String> licences = licences(component);
      if (licences.stream().noneMatch(ALLOWED::contains)) {
        refused.add(text(component, "name") + ": " + licences);
      }
    }
    return refused;
  }

  private static List<String> licences(JsonObject component) {
    List<String> names = new ArrayList<>();
    JsonArray choices = component.getAsJsonArray("licenses");
    if (choices != null) {
      for (JsonElement choice : choices) {
        JsonObject given = choice.getAsJsonObject();
        JsonObject licence = given.getAsJsonObject("license");
        if (licence == null) {
          names.add(text(given, "expression"));
        } else {
          names.add(licence.has("id") ? text(licence, "id") : text(licence, "name"));
        }
      }
    }
    return names;
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
