package io.postern.console.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// What the build files draw in.
final class Poms {
  private static final Set<String> DRAWING_IN = Set.of("dependency", "plugin", "path");
  private static final String OURS = "io.postern";

  private Poms() {}

  /// Dependencies, plugins and annotation processors of one build file, as `group:artifact`. What
  /// is only managed there counts where it is used.
  static List<String> artifacts(Path pom) {
    var artifacts = new ArrayList<String>();
    try {
      var file = SourceFile.project().resolve(pom).toFile();
      var all =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(file)
              .getElementsByTagName("artifactId");
      for (var i = 0; i < all.getLength(); i++) {
        add(artifacts, all.item(i).getParentNode(), all.item(i).getTextContent());
      }
    } catch (java.io.IOException
        | org.xml.sax.SAXException
        | javax.xml.parsers.ParserConfigurationException e) {
      throw new IllegalStateException(pom.toString(), e);
    }
    return artifacts;
  }

  private static void add(List<String> artifacts, Node parent, String artifact) {
    var group = ((Element) parent).getElementsByTagName("groupId");
    if (!DRAWING_IN.contains(parent.getNodeName()) || isManaged(parent) || group.getLength() == 0) {
      return;
    }
    var name = group.item(0).getTextContent();
    if (!name.equals(OURS)) {
      artifacts.add(name + ":" + artifact);
    }
  }

  private static boolean isManaged(Node node) {
    for (var above = node; above != null; above = above.getParentNode()) {
      if (above.getNodeName().equals("dependencyManagement")
          || above.getNodeName().equals("pluginManagement")) {
        return true;
      }
    }
    return false;
  }
}
