package throwback.conformance;

import java.util.List;

/**
 * One operation.
 *
 * @param request the template of its request
 * @param answers its integration responses, by status
 */
record Route(Template request, List<Answer> answers) {}
