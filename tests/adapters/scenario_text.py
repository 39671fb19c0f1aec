"""A small scenario as its author wrote it, whole and without a fault."""
# ruff: noqa: E501 - an author's lines are as long as their texts

MAIN = """
id = "small"
title = "Small"
summary = "Two States and a newspaper."
languages = ["en", "fr"]
classification = "TRAINING"
duration = "1h"
story_start = "2031-03-12T02:00:00Z"
story_scale = 20
commitment_types = ["logistics"]
commitments_expected = 1
severity_scale = ["one", "two", "three"]
phases = [
  { id = "first", title = "First", start = "T+0:00", end = "T+0:30" },
  { id = "second", title = "Second", start = "T+0:30", end = "T+1:00" },
]
treaties = [{ id = "LAW:BUD", title = "Budapest", standing = { VES = "party", KAS = "none" } }]
hypotheses = [
  { id = "organ", title = "An organ", blames = "KAS" },
  { id = "proxy", title = "A crew" },
]
meters = [
  { id = "households", title = "Households", sector = "energy", most = 90 },
  { id = "rights", title = "Complaints" },
  { id = "economy", title = "Trade", start = 100 },
]
objectives = [{ id = "share", title = "Share", capability = "Sharing", indicators = ["T", "R"] }]
ceilings = [{ start = "T+0:00", rung = 2 }, { start = "T+0:30", rung = 3 }]

[[delegations]]
id = "VES"
name = "Vesmark"
short = "Vesmark"
kind = "state"
shape = 0
colour = 1
rival = "KAS"
brief = { en = "Ask first.", fr = "Demandez d’abord." }
seats = [{ id = "lead", title = "Lead" }, { id = "legal", title = "Legal" }]

[[delegations]]
id = "KAS"
name = "Kastrova"
short = "Kastrova"
kind = "state"
shape = 2
colour = 3
brief = "Answer."
seats = [{ id = "lead", title = "Lead" }]

[[delegations]]
id = "MED"
name = "Wire"
short = "Wire"
kind = "media"
shape = 7
colour = 8
brief = "Ask both."
seats = [{ id = "lead", title = "Editor" }]

[[topics]]
id = "attribution"
title = "Who?"
values = [{ id = "undetermined", title = "not known" }, { id = "organ", title = "an organ" }]
windows = [{ start = "T+0:10", end = "T+0:40", speakers = ["VES"], compatible = ["undetermined"] }]

[[items]]
id = "hashes"
title = "Hashes"
body = "9b1e"
holder = "VES"
inject = "wiper"
recipients = ["KAS"]
need_by = "T+0:15"
useless_after = "T+0:30"
tlp = "AMBER"
names = "organ"

[[probes]]
id = "P1"
title = "First"
at = "T+0:25"
window = "5m"
reference = { organ = 40, proxy = 60 }
severity = 2
severity_steps = 3
items = ["hashes"]

[[consultations]]
id = "ask"
source = "VES"
target = "KAS"
start = "T+0:05"
end = "T+0:20"

[[provocations]]
inject = "wiper"
provoked = ["VES"]
ceiling = 2
window = "20m"

[[citations]]
id = "line"
inject = "wiper"
speakers = ["VES"]
expected = [["UN-NORM:13b"], ["OSCE-CBM:3", "OSCE-CBM:13"]]
acceptable = ["UN-NORM:13c"]
inapplicable = ["LAW:BUD"]
window = "20m"

[[texts]]
id = "impact"
title = "Impact"
inject = "draft"
drafter = "VES"
parties = ["VES", "KAS"]
body = "1. It is dark."
claims = { attribution = "undetermined" }
citations = ["UN-NORM:13f"]
accuses = "proxy"
confidence = "low"
commitments = ["logistics"]
commitment_due = "2h"

[[assistance]]
id = "relief"
inject = "wiper"
beneficiary = "VES"
providers = ["KAS"]
type = "logistics"
due_after = "30m"
"""

WIPER = """
id = "wiper"
number = "1.01"
title = "A wiper"
at = "T+0:05"
channel = "tech"
audience = ["VES"]
tlp = "AMBER"
items = ["hashes"]
body = "It overwrites boot records."
obligations = [
  { delegation = "VES", kind = "notify", instruments = ["poc_message"], to = ["KAS"], deadline = "20m" },
]
attachments = [{ file = "note.txt", sha256 = "14bcd090baf31edba64e9cbd8cdfc15f943344aa72cb3675ad8e91bfcbce03ad", bytes = 15, alt = "A note" }]
"""

DRAFT = """
id = "draft"
number = "1.02"
title = { en = "A draft", fr = "Un projet" }
at = "T+0:30:30"
channel = "cable"
audience = "states"
body = "Sign."
when = 'released("wiper") and not claimed("attribution", "organ")'
meters = { households = 5 }
falsehood = { attribution = "organ" }
obligations = [
  { delegation = "KAS", kind = "respond", instruments = ["sign_joint_statement"], deadline = "10m", target = "90s" },
]

[variants.KAS]
body = "Sign, or say why not."
"""

FILES = {
    "scenario.toml": MAIN,
    "01-wiper.toml": WIPER,
    "02-draft.toml": DRAFT,
    "note.txt": "%PDF-1.4\n%%EOF\n",
}
