"""Our own sentence for each way in which a field can have the wrong shape."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "missing": "“{field}” is missing. Add it and send again.",
    "string_type": "“{field}” is {value}; it takes a text.",
    "string_too_long": "“{field}” is too long; {max_length} characters fit.",
    "string_too_short": "“{field}” is too short; write at least {min_length}"
    " characters.",
    "string_pattern_mismatch": "“{field}” holds characters that turn or hide text."
    " Type it again without them.",
    "string_unicode": "“{field}” holds half a character. Type it again.",
    "int_type": "“{field}” is {value}; it takes a whole number.",
    "int_from_float": "“{field}” is {value}; it takes a whole number.",
    "int_parsing": "“{field}” is {value}; it takes a whole number.",
    "int_parsing_size": "“{field}” is a number too large to be meant.",
    "greater_than_equal": "“{field}” is {value}; the least is {ge}.",
    "less_than_equal": "“{field}” is {value}; the most is {le}.",
    "bool_type": "“{field}” is {value}; it takes true or false.",
    "literal_error": "“{field}” is “{value}”; it takes {expected}.",
    "tuple_type": "“{field}” is {value}; it takes a list.",
    "dict_type": "“{field}” is {value}; it takes a table of names and values.",
    "too_long": "“{field}” has {actual_length} members; {max_length} fit.",
    "too_short": "“{field}” has {actual_length} members; it needs {min_length}.",
    "union_error": "“{field}” is {value}, which it cannot take. Look up its form in"
    " openapi.json.",
    "dataclass_type": "Send an object with the command’s fields.",
    "none_required": "“{field}” is {value}; leave it out.",
}
"""By pydantic's name for the error; a test finds one that is missing here."""

UNMAPPED = "“{field}” is {value}, which it cannot take."
