"""How the server says no: a code, a sentence, and what a client may do about it."""


class Refused(Exception):
    """A refusal with HTTP status `code`; `parameters` as in Bot API's ResponseParameters."""

    def __init__(
        self, description: str, code: int = 400, parameters: dict[str, int] | None = None
    ) -> None:
        super().__init__(description)
        kind = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}
        self.code = code
        self.description = kind.get(code, "") + description
        self.parameters = parameters
