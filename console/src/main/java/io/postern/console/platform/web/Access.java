package io.postern.console.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/// The one place that decides who may call which handler: closed unless [Allow] or [Open] says
/// otherwise.
final class Access implements HandlerInterceptor, HandlerMethodArgumentResolver {
  private final ObjectProvider<PageSignIn> signIn;
  private final ObjectProvider<FormTokens> tokens;
  private final ObjectProvider<RefusalWatch> watch;
  private final Freshness freshness;

  Access(
      ObjectProvider<PageSignIn> signIn,
      ObjectProvider<FormTokens> tokens,
      ObjectProvider<RefusalWatch> watch,
      Freshness freshness) {
    this.signIn = signIn;
    this.tokens = tokens;
    this.watch = watch;
    this.freshness = freshness;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method) || isOpen(method)) {
      return true;
    }
    var actor = (Actor) request.getAttribute(Actor.ATTRIBUTE);
    if (actor == null) {
      throw new NotSignedInException();
    }
    reach(actor, method, request);
    if (request.getAttribute(PageSignIn.NEEDS_PASSKEY) != null
        && !has(method, BeforePasskey.class)) {
      throw new PasskeyNeededException();
    }
    actor = confirmed(actor, request, response);
    if (has(method, StepUp.class)) {
      freshness.require(actor);
    }
    return true;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Actor.class;
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return request.getAttribute(Actor.ATTRIBUTE, NativeWebRequest.SCOPE_REQUEST);
  }

  private void reach(Actor actor, HandlerMethod method, HttpServletRequest request) {
    var allowed = allowed(method);
    if (allowed != null && Arrays.asList(allowed.value()).contains(actor.role())) {
      return;
    }
    var why = "the role %s does not reach it".formatted(actor.role().label());
    watch.ifAvailable(each -> each.refused(actor, RefusalWatch.what(request), why));
    throw new NotAllowedException();
  }

  private Actor confirmed(Actor actor, HttpServletRequest request, HttpServletResponse response) {
    var given = PageSignIn.Given.of(request);
    var pages = signIn.getIfAvailable();
    if (given == null || pages == null || Area.of(request) != Area.PAGES) {
      return actor;
    }
    return switch (pages.confirm(actor, given, request, response)) {
      case PageSignIn.Answer.Fresh(var fresh) -> {
        request.setAttribute(Actor.ATTRIBUTE, fresh);
        tokens.ifAvailable(each -> each.renew(request, response));
        yield fresh;
      }
      case PageSignIn.Answer.Refused(var sentence) -> throw new StepUpNeededException(sentence);
    };
  }

  private static boolean has(HandlerMethod method, Class<? extends Annotation> type) {
    return method.hasMethodAnnotation(type)
        || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), type);
  }

  private static boolean isOpen(HandlerMethod method) {
    return method.hasMethodAnnotation(Open.class)
        || (!method.hasMethodAnnotation(Allow.class)
            && AnnotatedElementUtils.hasAnnotation(method.getBeanType(), Open.class));
  }

  private static @Nullable Allow allowed(HandlerMethod method) {
    var own = method.getMethodAnnotation(Allow.class);
    return own != null
        ? own
        : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Allow.class);
  }
}
