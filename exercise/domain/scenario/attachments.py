"""Files that come with a paper: pictures and documents, named by their content."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from exercise.domain.limits import Between, Line, Most
from exercise.domain.scenario.words import Said

FileType: TypeAlias = Literal["", "pdf", "png"]
# Ten megabytes, as people count them.
LARGEST_FILE = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of the scenario's folder, named by its content.

    `alt` says what it shows to whoever cannot see it. `type` is found in the file
    itself when the scenario is read, never in its name.
    """

    file: Line
    sha256: Annotated[str, Most(64, least=64)]
    bytes: Annotated[int, Between(0, LARGEST_FILE)]
    alt: Said = ""
    type: FileType = ""

    @property
    def name(self) -> str:
        """Return the file's own name, without the folders it lies in."""
        return self.file.rpartition("/")[2]
