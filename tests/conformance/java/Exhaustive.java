import com.example.orders.GetOrderError;
import com.example.orders.MaintenanceException;
import com.example.orders.NotSignedInException;
import com.example.orders.OrderArchivedException;
import com.example.orders.OrderNotFoundException;
import com.example.orders.OrdersApiException;
import com.example.orders.OrdersException;
import com.example.orders.Result;
import com.example.orders.StoreUnavailableException;
import com.example.orders.TooManyRequestsException;

/** What Java 21 makes of sealed errors: a {@code switch} without a {@code default}. */
final class Exhaustive {
  private Exhaustive() {}

  static String of(GetOrderError error) {
    return switch (error) {
      case OrderNotFoundException e -> "no order " + e.orderId();
      case OrderArchivedException e -> "archived in " + e.ticket().year();
      case NotSignedInException e -> "who are you";
      case TooManyRequestsException e -> e.used() + " requests";
      case MaintenanceException e -> "until " + e.until();
      case StoreUnavailableException e -> "the store"; // left out
    };
  }

  static String of(Result<String> result) {
    return switch (result) {
      case Result.Ok<String>(var value) -> value;
      case Result.Failed<String>(OrderNotFoundException e) -> "no order " + e.orderId();
      case Result.Failed<String>(OrdersException e) -> e.who() + ": " + e.getMessage();
    };
  }

  public static void main(String[] arguments) {
    OrdersApiException error = OrderNotFoundException.of("42");
    if (!of((GetOrderError) error).equals("no order 42")
        || !of(new Result.Failed<>(error)).equals("no order 42")
        || !of(new Result.Ok<>("here")).equals("here")) {
      throw new AssertionError();
    }
    System.out.println("exhaustive");
  }
}
