/** Texts of others, as a terminal or a log may show them. */
final class WireShow {
  private static final int LONGEST = 4096;

  private WireShow() {}

  /** The start of a text, with what a terminal would obey escaped. */
  static String shown(String text) {
    StringBuilder out = new StringBuilder();
    int count = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      count++;
      if (count > LONGEST) {
        out.append('…');
        break;
      }
      switch (point) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (acts(point)) {
            out.append("\\x{").append(Integer.toHexString(point)).append('}');
          } else {
            out.appendCodePoint(point);
          }
        }
      }
    }
    return out.toString();
  }

  private static boolean acts(int point) {
    return Character.isISOControl(point)
        || point == 0x61c
        || point == 0x200e
        || point == 0x200f
        || (point >= 0x2028 && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069)
        || point == 0xfeff;
  }
}
