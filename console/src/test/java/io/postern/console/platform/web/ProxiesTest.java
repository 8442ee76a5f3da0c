package io.postern.console.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.Cidr;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/// who a client is and whether it speaks TLS is told by itself, or by a proxy that the
/// operator named, and by nobody else.
final class ProxiesTest {
  private static final Proxies NONE = new Proxies(List.of());
  private static final Proxies LOCAL =
      new Proxies(Cidr.list("127.0.0.1", "10.0.0.0/8", "fd00::/8"));

  @Test
  void R544_nobody_is_believed_where_no_proxy_is_named() {
    var request = from("198.51.100.7", "192.0.2.1");
    request.addHeader("X-Forwarded-Proto", "https");
    assertThat(NONE.clientAddress(request)).isEqualTo("198.51.100.7");
    assertThat(NONE.isSecure(request)).isFalse();
    assertThat(LOCAL.clientAddress(request)).isEqualTo("198.51.100.7");
    assertThat(LOCAL.isSecure(request)).isFalse();
  }

  @Test
  void R544_a_named_proxy_is_believed_for_one_step() {
    var request = from("127.0.0.1", "203.0.113.9, 192.0.2.1");
    request.addHeader("X-Forwarded-Proto", "https");
    assertThat(LOCAL.clientAddress(request)).isEqualTo("192.0.2.1");
    assertThat(LOCAL.isSecure(request)).isTrue();
    assertThat(LOCAL.clientAddress(from("127.0.0.1", "192.0.2.1, 10.1.2.3")))
        .isEqualTo("192.0.2.1");
    assertThat(LOCAL.clientAddress(from("fd00::1", "2001:db8::1"))).isEqualTo("2001:db8::1");
  }

  /// HAProxy's `option forwardfor` adds a field; the client's own one stands before it.
  @Test
  void R544_a_field_that_the_client_made_up_does_not_hide_the_one_of_the_proxy() {
    var request = from("127.0.0.1", "203.0.113.9");
    request.addHeader("X-Forwarded-For", "192.0.2.1");
    assertThat(LOCAL.clientAddress(request)).isEqualTo("192.0.2.1");
  }

  @Test
  void R544_what_is_no_address_is_not_believed() {
    for (var nonsense :
        new String[] {"", "unknown", "192.0.2.1 ' or 1=1", "relay.example", "0x7f.1"}) {
      assertThat(LOCAL.clientAddress(from("127.0.0.1", nonsense))).isEqualTo("127.0.0.1");
    }
  }

  private static MockHttpServletRequest from(String peer, String forwarded) {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr(peer);
    request.addHeader("X-Forwarded-For", forwarded);
    return request;
  }
}
