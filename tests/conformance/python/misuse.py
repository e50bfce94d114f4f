"""What is wrong, and what is right: the lines that are marked have to be found, and no other."""

import orders


def right(client: orders.Orders) -> str:
    try:
        return client.get_order("42").id
    except orders.OrderArchivedError as error:
        return str(error.ticket.year + 1)
    except orders.GET_ORDER_ERRORS as error:
        return error.code


def a_field_that_is_none(error: orders.OrderNotFoundError) -> str:
    return error.ticket  # wrong


def an_optional_that_may_be_missing(error: orders.OutOfStockError) -> str:
    return error.suggestion.upper()  # wrong


def an_argument_of_a_wrong_type(client: orders.Orders) -> None:
    client.get_order(42)  # wrong


def a_field_left_out() -> orders.OrderNotFoundError:
    return orders.OrderNotFoundError()  # wrong


def an_option_that_is_none(client: orders.Orders) -> None:
    client.health(timeot=3)  # wrong


def a_set_that_is_not_exhausted(client: orders.Orders) -> int:
    match client.safe.get_order("42"):
        case orders.Ok(order):
            return len(order.lines)
        case orders.Err(error):
            text: int = error.code  # wrong
            return text


def what_can_not_be_changed(error: orders.OrderNotFoundError) -> None:
    error.status = 500  # wrong
