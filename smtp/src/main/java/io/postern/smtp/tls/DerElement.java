package io.postern.smtp.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One element of DER (X.690), as far as certificates need it: a tag of one octet and a definite
/// length. Whatever does not fit is cut off rather than believed.
@SuppressWarnings("ArrayRecordComponent") // never compared
record DerElement(int tag, byte[] content) {
  static final int SEQUENCE = 0x30;
  static final int URI = 0x86;
  private static final int CONSTRUCTED = 0x20;
  private static final int DEPTH_MAX = 8;

  /// The elements that stand side by side in these octets; the rest is dropped where the octets are
  /// no DER.
  static List<DerElement> read(byte[] octets) {
    var elements = new ArrayList<DerElement>();
    var at = 0;
    while (at + 2 <= octets.length) {
      var tag = octets[at] & 0xff;
      var first = octets[at + 1] & 0xff;
      var sizeOctets = first < 0x80 ? 0 : first & 0x7f;
      var start = at + 2 + sizeOctets;
      if (sizeOctets > 3 || start > octets.length) {
        break;
      }
      var length = first < 0x80 ? first : number(octets, at + 2, sizeOctets);
      if (length > octets.length - start) {
        break;
      }
      elements.add(new DerElement(tag, Arrays.copyOfRange(octets, start, start + length)));
      at = start + length;
    }
    return elements;
  }

  /// The elements inside; none in a primitive one.
  List<DerElement> inside() {
    return (tag & CONSTRUCTED) == 0 ? List.of() : read(content);
  }

  /// All elements of a tag, at any depth of certificates.
  static List<DerElement> all(List<DerElement> elements, int tag) {
    var found = new ArrayList<DerElement>();
    collect(elements, tag, DEPTH_MAX, found);
    return found;
  }

  private static void collect(List<DerElement> elements, int tag, int depth, List<DerElement> to) {
    for (var element : elements) {
      if (element.tag() == tag) {
        to.add(element);
      } else if (depth > 0) {
        collect(element.inside(), tag, depth - 1, to);
      }
    }
  }

  private static int number(byte[] octets, int at, int length) {
    var number = 0;
    for (var i = 0; i < length; i++) {
      number = (number << 8) | (octets[at + i] & 0xff);
    }
    return number;
  }
}
