"""Shows an order: python show.py https://api.example.com/prod 42."""

import os
import sys

from orders import OrderArchivedError, OrderNotFoundError, Orders, OrdersError


def main() -> None:
    """Call the API as the command line says."""
    if len(sys.argv) != 3:
        sys.exit("show.py BASE ORDER")
    _, base, order_id = sys.argv
    headers = {"authorization": os.environ.get("TOKEN", "")}
    with Orders(base, headers=headers) as client:
        print(show(client, order_id))


def show(client: Orders, order_id: str) -> str:
    """Say what an order is, or why there is none."""
    try:
        order = client.get_order(order_id)
    except OrderArchivedError as archived:
        return f"order {archived.order_id} is in the archive of {archived.ticket.year}"
    except OrderNotFoundError:
        return f"there is no order {order_id}"
    except OrdersError as failed:
        return f"{failed}; {failed.who} answered, request {failed.request_id}"
    return f"order {order.id}: {len(order.lines)} lines, {order.state}"


if __name__ == "__main__":
    main()
