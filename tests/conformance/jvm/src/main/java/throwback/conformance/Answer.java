package throwback.conformance;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * One integration response.
 *
 * @param pattern what selects it; null for the default
 * @param status its status, which the template may override
 * @param headers its constant headers
 * @param template the template of its body; null where the payload passes through
 */
record Answer(Pattern pattern, int status, Map<String, String> headers, Template template) {}
