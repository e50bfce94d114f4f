"""Reads answers with the client that openapi-python-client makes of the plain document: each keeps its error's type."""

import httpx
from orders_api import Client, models
from orders_api.api.default import get_order, search_orders


def client(status: int, problem: dict) -> Client:
    """A client that gets this answer, whatever it asks."""

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json=problem)

    made = Client(base_url="http://localhost")
    return made.set_httpx_client(httpx.Client(base_url="http://localhost", transport=httpx.MockTransport(answer)))


def main() -> None:
    own = {"title": "", "detail": ""}
    problem = {"code": "TooManyResults", "status": 422, "found": 2**32, "limit": 100, **own}
    found = search_orders.sync(client=client(422, problem))
    assert isinstance(found, models.TooManyResults) and found.found == 2**32, found

    # Errors that share a status.
    problem = {"code": "StoreUnavailable", "status": 503, "title": ""}
    found = get_order.sync("42", client=client(503, problem))
    assert isinstance(found, models.StoreUnavailable), found
    problem = {"code": "Maintenance", "status": 503, "until": "noon", "retryAfter": 7, **own}
    found = get_order.sync("42", client=client(503, problem))
    assert isinstance(found, models.Maintenance) and (found.until, found.retry_after) == ("noon", 7), found

    # One that a newer function has, under a status that no error had.
    found = get_order.sync("42", client=client(418, {"code": "Teapot", "status": 418, "title": "A teapot"}))
    assert isinstance(found, models.Problem) and found.code == "Teapot", found

    # Under one that an error has, it is none of them: the client has no answer for it.
    try:
        found = get_order.sync("42", client=client(404, {"code": "OrderHidden", "status": 404, "title": ""}))
        raise AssertionError(found)
    except (KeyError, ValueError):
        pass
    print("openapi-python-client: four answers, each read as its error")


if __name__ == "__main__":
    main()
