// SPDX-License-Identifier: Apache-2.0
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds to the SBOM what Maven's dependencies do not show: Netty, which gRPC carries under other
 * names, and the model. Then refuses licences that we do not ship. Run by the profile {@code sbom}
 * with the class path of the server.
 */
public final class CompleteSbom {
  private static final String NETTY_VERSIONS =
      "META-INF/io.grpc.netty.shaded.io.netty.versions.properties";

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
      if (name.equals("grpc-netty-shaded")) {
        component.add("components", netty());
      }
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

  private static JsonArray netty() throws Exception {
    Properties versions = new Properties();
    try (InputStream stream =
        CompleteSbom.class.getClassLoader().getResourceAsStream(NETTY_VERSIONS)) {
      if (stream == null) {
        throw new IllegalStateException(
            NETTY_VERSIONS + ": not found (expected: in the class path)");
      }
      versions.load(stream);
    }
    JsonArray components = new JsonArray();
    for (String key : new TreeSet<>(versions.stringPropertyNames())) {
      if (key.endsWith(".version")) {
        String name = key.substring(0, key.length() - ".version".length());
        String version = versions.getProperty(key);
        JsonObject component = component("library", name, version, "Apache-2.0");
        component.addProperty("group", "io.netty");
        component.addProperty("purl", "pkg:maven/io.netty/%s@%s".formatted(name, version));
        components.add(component);
      }
    }
    return components;
  }

  private static JsonObject model(Path weights) throws Exception {
    String sha256 =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(weights)));
    String name = weights.getParent().getParent().getFileName().toString();
    JsonObject model =
        component("machine-learning-model", name, sha256.substring(0, 12), "Apache-2.0");
    JsonObject hash = new JsonObject();
    hash.addProperty("alg", "SHA-256");
    hash.addProperty("content", sha256);
    JsonArray hashes = new JsonArray();
    hashes.add(hash);
    model.add("hashes", hashes);
    return model;
  }

  private static JsonObject component(String type, String name, String version, String licence) {
    JsonObject component = new JsonObject();
    component.addProperty("type", type);
    component.addProperty("name", name);
    component.addProperty("version", version);
    component.add("licenses", licence(licence));
    return component;
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
