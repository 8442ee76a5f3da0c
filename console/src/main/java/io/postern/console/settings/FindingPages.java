package io.postern.console.settings;

import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
import io.postern.smtp.diagnosis.Causes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// What each cause means and how to mend it: the pages of `docs/findings`, which are part of the
/// program, so that they can be read where nothing else can be reached. Every verdict links here.
@Controller
@Open
class FindingPages {
  static final String PATH = "/docs/findings";

  private static final String INDEX = "README";
  private static final List<Extension> TABLES = List.of(TablesExtension.create());

  private final Pages pages;
  private final Parser parser = Parser.builder().extensions(TABLES).build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder()
          .extensions(TABLES)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(_ -> FindingPages::link)
          .build();

  FindingPages(Pages pages) {
    this.pages = pages;
  }

  @GetMapping(PATH)
  ResponseEntity<String> index(HttpServletRequest request) {
    return show(request, "Causes", INDEX);
  }

  @GetMapping(PATH + "/{cause}")
  ResponseEntity<String> page(HttpServletRequest request, @PathVariable String cause) {
    if (!Causes.slugs().contains(cause)) {
      throw Refusal.notFound("page");
    }
    return show(request, Causes.of(cause).title(), cause);
  }

  private ResponseEntity<String> show(HttpServletRequest request, String title, String name) {
    var body = renderer.render(parser.parse(withoutTitle(read(name))));
    return pages.show(
        "settings/finding", Map.of("frame", pages.frame(request, title, null), "body", body));
  }

  /// The frame shows the title.
  private static String withoutTitle(String markdown) {
    return markdown.substring(markdown.indexOf('\n') + 1);
  }

  private static void link(Node node, String tag, Map<String, String> attributes) {
    if (!(node instanceof Link)) {
      return;
    }
    var address = attributes.getOrDefault("href", "");
    if (address.endsWith(".md") && !address.contains("/")) {
      var page = address.substring(0, address.length() - ".md".length());
      attributes.put("href", page.equals(INDEX) ? PATH : PATH + "/" + page);
    } else if (address.startsWith("https:")) {
      attributes.put("rel", "noreferrer noopener");
      attributes.put("target", "_blank");
    }
  }

  private static String read(String name) {
    try (var input =
        FindingPages.class.getClassLoader().getResourceAsStream("docs/findings/" + name + ".md")) {
      return new String(Objects.requireNonNull(input, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
