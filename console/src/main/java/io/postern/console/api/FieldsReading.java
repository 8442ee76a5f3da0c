package io.postern.console.api;

import io.postern.console.platform.web.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the JSON object that a call takes, whole or not at all: of a type that no form of another
/// site can send, of limited size and depth, without a name that stands there twice.
final class FieldsReading implements HandlerMethodArgumentResolver {
  /// A letter with its HTML fits; a book does not.
  static final int OCTETS_MAX = 1_048_576;

  static final int DEPTH_MAX = 16;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(OCTETS_MAX)
                          .maxNumberLength(40)
                          .maxNameLength(256)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Fields.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders)
      throws IOException {
    var request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    var response = Objects.requireNonNull(web.getNativeResponse(HttpServletResponse.class));
    if (!isJson(request.getContentType())) {
      throw new Refusal(
          415,
          "media-type",
          "The body must be JSON, with the header Content-Type: application/json.",
          Map.of("accepted", "application/json"));
    }
    return new Fields(object(body(request)), response);
  }

  private static boolean isJson(@Nullable String contentType) {
    try {
      return contentType != null
          && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(MediaType.parseMediaType(contentType));
    } catch (org.springframework.http.InvalidMediaTypeException _) {
      // What is no media type is not this one.
      return false;
    }
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    var octets =
        request.getContentLengthLong() > OCTETS_MAX
            ? new byte[OCTETS_MAX + 1]
            : request.getInputStream().readNBytes(OCTETS_MAX + 1);
    if (octets.length > OCTETS_MAX) {
      throw new Refusal(
          413,
          "too-large",
          "The body is larger than %d octets, the most that is taken.".formatted(OCTETS_MAX),
          Map.of("octetsMax", OCTETS_MAX));
    }
    return octets;
  }

  private static ObjectNode object(byte[] octets) {
    try {
      if (JSON.readTree(octets) instanceof ObjectNode object) {
        return object;
      }
      throw new Refusal(400, "malformed-json", "The body must be one JSON object: { … }.");
    } catch (JacksonException e) {
      var place = e.getLocation();
      throw new Refusal(
          400,
          "malformed-json",
          "The body is no JSON that can be read%s. Names stand there once, at most %d objects deep."
              .formatted(
                  place == null
                      ? ""
                      : "; see line %d, column %d"
                          .formatted(place.getLineNr(), place.getColumnNr()),
                  DEPTH_MAX));
    }
  }
}
