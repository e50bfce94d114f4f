package throwback.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;

/**
 * The answers that a message selects, under each way of matching: AWS does not say which one is its
 * own.
 *
 * @param matches those whose pattern matches the whole message
 * @param lookingAt those whose pattern matches a start of it
 * @param find those whose pattern matches some part of it
 */
record Selection(List<Answer> matches, List<Answer> lookingAt, List<Answer> find) {
  /** A small stack: a pattern that takes a frame for each character overflows it. */
  private static final long STACK = 512 * 1024;

  private static final ExecutorService SMALL =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(null, work, "selection", STACK);
            thread.setDaemon(true);
            return thread;
          });

  static Selection of(String message, List<Answer> answers)
      throws InterruptedException, ExecutionException {
    return SMALL
        .submit(
            () ->
                new Selection(
                    taking(message, answers, Matcher::matches),
                    taking(message, answers, Matcher::lookingAt),
                    taking(message, answers, Matcher::find)))
        .get();
  }

  private static List<Answer> taking(String message, List<Answer> answers, Predicate<Matcher> way) {
    List<Answer> taking = new ArrayList<>();
    for (Answer answer : answers) {
      if (answer.pattern() != null && way.test(answer.pattern().matcher(message))) {
        taking.add(answer);
      }
    }
    return taking;
  }
}
